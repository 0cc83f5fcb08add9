extension NumericsSuite {
    /// The same work in NumPy, written as its users would for speed: `out=` arrays, 32-bit numbers, no Python loops.
    static let peerScript = """
        import sys, time
        import numpy as np

        task = sys.argv[1]
        rng = np.random.default_rng(1)
        f32 = np.float32
        big = np.full((512, 512), 0.5, f32)
        out = np.empty_like(big)
        legacy = np.random.RandomState(1)
        values = (np.arange(1000) * 37 % 101).astype(float)

        def gemm():
            for _ in range(4):
                np.matmul(big, big, out=out)

        def normal():
            rng.standard_normal(1_000_000, dtype=f32)

        def bootstrap():
            # obp.utils.estimate_confidence_interval_by_bootstrap
            for _ in range(1000):
                np.mean(legacy.choice(values, size=values.shape[0]))

        sizes = [(64, 128), (128, 128), (128, 12)]
        online = [(rng.uniform(-a**-.5, a**-.5, (a, b)).astype(f32), np.zeros(b, f32)) for a, b in sizes]
        slow = [(w.copy(), b.copy()) for w, b in online]
        flat = [p for pair in online for p in pair]
        first, second = [np.zeros_like(p) for p in flat], [np.zeros_like(p) for p in flat]
        states = rng.standard_normal((256, 64)).astype(f32)
        actions, rows, steps = np.arange(256) % 12, np.arange(256), 0

        def forward(layers, x):
            hidden = [x]
            for w, b in layers[:-1]:
                h = hidden[-1] @ w
                h += b
                hidden.append(np.maximum(h, 0, out=h))
            return hidden, hidden[-1] @ layers[-1][0] + layers[-1][1]

        def dqn():
            global steps
            for _ in range(50):
                best = forward(online, states)[1].argmax(1)
                goals = 1 + f32(0.99) * forward(slow, states)[1][rows, best]
                hidden, q = forward(online, states)
                d = np.zeros_like(q)
                d[rows, actions] = np.clip(q[rows, actions] - goals, -1, 1) / f32(256)
                gradients = []
                for layer in (2, 1, 0):
                    gradients[:0] = [hidden[layer].T @ d, d.sum(0)]
                    if layer:
                        d = d @ online[layer][0].T
                        d *= hidden[layer] > 0
                steps += 1
                rate = f32(2.5e-4 * (1 - 0.999**steps) ** 0.5 / (1 - 0.9**steps))
                for p, g, m, v in zip(flat, gradients, first, second):
                    m *= f32(0.9)
                    m += f32(0.1) * g
                    v *= f32(0.999)
                    g *= g
                    v += f32(0.001) * g
                    p -= rate * m / (np.sqrt(v) + f32(1e-8))

        print("NumPy", np.__version__, flush=True)
        work = globals()[task]
        for line in sys.stdin:
            start = time.process_time()
            work()
            print(time.process_time() - start, flush=True)
        """
}
