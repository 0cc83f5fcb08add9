import LabNumerics

extension NumericsSuite {
    private static let rowCount = 512
    private static let width = 256
    private static let repetitions = 20

    /// Forward and backward over [512, 256] beside PyTorch's own functions, which write into memory that is there already.
    static var layers: [Contest] {
        [
            layer("softmax", softmax), layer("log softmax", logSoftmax), layer("layer norm", layerNorm),
            layer("gelu", gelu),
        ]
    }

    private static func layer(_ name: String, _ prepare: @escaping () -> () -> Void) -> Contest {
        Contest(
            name: "\(name) and back", measure: .rate("M rows/s", work: 1e-6 * Double(rowCount * repetitions)),
            bar: .ratio(1), rival: .python(script: layersInPyTorch, arguments: [name])
        ) {
            let round = prepare()
            return { for _ in 0..<repetitions { round() } }
        }
    }

    private static func softmax() -> () -> Void {
        let (x, slope, y, back) = fields()
        return {
            Softmax.rows(x.start, y.start, rowCount, width)
            Softmax.rowsBackward(y.start, slope.start, back.start, rowCount, width)
        }
    }

    private static func logSoftmax() -> () -> Void {
        let (x, slope, y, back) = fields()
        return {
            Softmax.logRows(x.start, y.start, rowCount, width)
            Softmax.logRowsBackward(y.start, slope.start, back.start, rowCount, width)
        }
    }

    private static func layerNorm() -> () -> Void {
        let (x, slope, y, back) = fields()
        let (gain, bias, gainSlope, biasSlope) = (Field(width), Field(width), Field(width), Field(width))
        let (mean, scale) = (Field(rowCount), Field(rowCount))
        return {
            LayerNormKernel.forward(
                x.start, gain: gain.start, bias: bias.start, epsilon: 1e-5, y.start, mean: mean.start,
                scale: scale.start, rows: rowCount, columns: width)
            LayerNormKernel.backward(
                slope.start, x.start, gain: gain.start, mean: mean.start, scale: scale.start, back.start,
                gainSlope: gainSlope.start, biasSlope: biasSlope.start, rows: rowCount, columns: width)
        }
    }

    private static func gelu() -> () -> Void {
        let (x, slope, y, back) = fields()
        return {
            Elementwise.gelu(x.start, y.start, rowCount * width)
            Elementwise.geluBackward(x.start, slope.start, back.start, rowCount * width)
        }
    }

    private static func fields() -> (Field, Field, Field, Field) {
        (Field(rowCount * width), Field(rowCount * width), Field(rowCount * width), Field(rowCount * width))
    }

    private static let layersInPyTorch = """
        import sys, time
        import torch

        torch.set_num_threads(1)
        torch.set_grad_enabled(False)
        torch.manual_seed(1)
        task, aten = sys.argv[1], torch.ops.aten
        x, slope = torch.randn(512, 256), torch.randn(512, 256)
        y, back = torch.empty_like(x), torch.empty_like(x)
        gain, bias = torch.randn(256), torch.randn(256)
        mean, scale = torch.empty(512, 1), torch.empty(512, 1)
        gain_slope, bias_slope = torch.empty(256), torch.empty(256)

        def softmax():
            aten._softmax.out(x, -1, False, out=y)
            aten._softmax_backward_data.out(slope, y, -1, torch.float32, grad_input=back)

        def log_softmax():
            aten._log_softmax.out(x, -1, False, out=y)
            aten._log_softmax_backward_data.out(slope, y, -1, torch.float32, out=back)

        def layer_norm():
            out, m, s = aten.native_layer_norm(x, [256], gain, bias, 1e-5)
            aten.native_layer_norm_backward(slope, x, [256], m, s, gain, bias, [True, True, True])

        def gelu():
            aten.gelu.out(x, out=y)
            aten.gelu_backward.grad_input(slope, x, grad_input=back)

        work = globals()[task.replace(" ", "_")]
        print("PyTorch", torch.__version__, flush=True)
        for line in sys.stdin:
            start = time.process_time()
            for _ in range(20):
                work()
            print(time.process_time() - start, flush=True)
        """
}
