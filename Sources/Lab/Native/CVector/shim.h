#ifndef LAB_CVECTOR_SHIM_H
#define LAB_CVECTOR_SHIM_H

/// Eight numbers in one register: Swift's SIMD8<Float>.
typedef float lab_float8 __attribute__((ext_vector_type(8)));

/// Their square roots by the processor's own instruction, rounded as IEEE 754 says.
///
/// Swift's function is a call of the C library for each number, which may set errno: hence C.
static inline lab_float8 lab_square_roots(lab_float8 x) { return __builtin_elementwise_sqrt(x); }

/// Eight rows of eight numbers become eight columns: `out[c * out_stride + r] = x[r * stride + c]`.
///
/// Swift has no shuffle of two vectors: hence C.
static inline void lab_transpose_eight(const float *x, long stride, float *out, long out_stride)
{
    typedef float unaligned __attribute__((ext_vector_type(8), aligned(4)));
    lab_float8 r[8], s[8];
    for (int i = 0; i < 8; i++) r[i] = *(const unaligned *)(x + i * stride);
    for (int i = 0; i < 8; i += 2) {
        s[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        s[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
    for (int i = 0; i < 8; i += 4)
        for (int j = i; j < i + 2; j++) {
            r[j] = __builtin_shufflevector(s[j], s[j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
            r[j + 2] = __builtin_shufflevector(s[j], s[j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
        }
    for (int i = 0; i < 4; i++) {
        *(unaligned *)(out + i * out_stride) = __builtin_shufflevector(r[i], r[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        *(unaligned *)(out + (i + 4) * out_stride) =
            __builtin_shufflevector(r[i], r[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

#endif
