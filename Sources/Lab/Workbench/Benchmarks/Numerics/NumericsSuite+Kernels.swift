import LabNumerics

extension NumericsSuite {
    /// As many as lie in the second cache with input and output.
    static let kernelCount = 32_768
    private static let repetitions = 400

    /// Element-wise functions beside the same loops in C.
    static func kernels(beside rival: CompiledPeer?) -> [Contest] {
        [
            unary("relu", rival, Elementwise.relu), unary("exp", rival, Elementwise.exp),
            unary("tanh", rival, Elementwise.tanh), unary("sigmoid", rival, Elementwise.sigmoid),
            unary("silu", rival, Elementwise.silu), unary("gelu", rival, Elementwise.gelu),
            binary("add", rival, Elementwise.add), binary("multiply", rival, Elementwise.multiply),
            binary("gelu backward", rival, Elementwise.geluBackward),
            binary("axpy", rival) { x, _, out, count in Elementwise.add(x, times: 1e-6, to: out, count) },
        ]
    }

    private typealias Input = UnsafePointer<Float>
    private typealias Output = UnsafeMutablePointer<Float>

    private static func unary(
        _ name: String, _ rival: CompiledPeer?, _ function: @escaping (Input, Output, Int) -> Void
    ) -> Contest {
        binary(name, rival) { x, _, out, count in function(x, out, count) }
    }

    private static func binary(
        _ name: String, _ rival: CompiledPeer?, _ function: @escaping (Input, Input, Output, Int) -> Void
    ) -> Contest {
        Contest(
            name: "kernel \(name)", measure: .rate("G elements/s", work: 1e-9 * Double(kernelCount * repetitions)),
            bar: .ratio(0.9), rival: .program(rival, arguments: [name])
        ) {
            let (x, y, out) = (Field(kernelCount), Field(kernelCount), Field(kernelCount))
            return { for _ in 0..<repetitions { function(x.start, y.start, out.start, kernelCount) } }
        }
    }

    /// The same loops as a C programmer writes them; with -ffast-math gcc takes the vector forms of exp, tanh and erf.
    static let kernelsInC = """
        #include <math.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <time.h>

        enum { N = 32768, REPETITIONS = 400 };
        static float x[N] __attribute__((aligned(64))), y[N] __attribute__((aligned(64)));
        static float out[N] __attribute__((aligned(64)));

        #define KERNEL(name, expression) \\
            static __attribute__((noinline)) void name( \\
                const float *restrict x, const float *restrict y, float *restrict out, int n) { \\
                for (int i = 0; i < n; i++) { out[i] = expression; } \\
            }
        KERNEL(relu, x[i] > 0 ? x[i] : 0)
        KERNEL(exponential, expf(x[i]))
        KERNEL(hyperbolic, tanhf(x[i]))
        KERNEL(sigmoid, 1 / (1 + expf(-x[i])))
        KERNEL(silu, x[i] / (1 + expf(-x[i])))
        KERNEL(gelu, 0.5f * x[i] * (1 + erff(0.70710678f * x[i])))
        KERNEL(add, x[i] + y[i])
        KERNEL(multiply, x[i] * y[i])
        KERNEL(gelu_backward, y[i] * (0.5f * (1 + erff(0.70710678f * x[i])) + x[i] * 0.39894228f * expf(-0.5f * x[i] * x[i])))
        KERNEL(axpy, out[i] + 1e-6f * x[i])

        int main(int count, char **words) {
            const char *names[] = {"relu", "exp", "tanh", "sigmoid", "silu", "gelu", "add", "multiply", "gelu backward", "axpy"};
            void (*kernels[])(const float *, const float *, float *, int) = {
                relu, exponential, hyperbolic, sigmoid, silu, gelu, add, multiply, gelu_backward, axpy};
            int chosen = -1;
            for (int k = 0; k < 10; k++) if (count > 1 && strcmp(words[1], names[k]) == 0) chosen = k;
            if (chosen < 0) return 64;
            srand(1);
            for (int i = 0; i < N; i++) {
                // About normal, as our own field is.
                float sum = 0;
                for (int k = 0; k < 12; k++) sum += (float)rand() / RAND_MAX;
                x[i] = sum - 6, y[i] = 6 - sum;
            }
            printf("C, gcc " __VERSION__ " -O3 AVX2 -ffast-math\\n");
            fflush(stdout);
            char line[64];
            while (fgets(line, sizeof line, stdin)) {
                struct timespec start, end;
                clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
                for (int r = 0; r < REPETITIONS; r++) kernels[chosen](x, y, out, N);
                clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
                printf("%.9f\\n", (end.tv_sec - start.tv_sec) + 1e-9 * (end.tv_nsec - start.tv_nsec));
                fflush(stdout);
            }
            return 0;
        }
        """
}
