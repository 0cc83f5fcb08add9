#ifndef LAB_CVECTOR_SHIM_H
#define LAB_CVECTOR_SHIM_H

/// Eight numbers in one register: Swift's SIMD8<Float>.
typedef float lab_float8 __attribute__((ext_vector_type(8)));

/// Their square roots by the processor's own instruction, rounded as IEEE 754 says.
///
/// Swift's function is a call of the C library for each number, which may set errno: hence C.
static inline lab_float8 lab_square_roots(lab_float8 x) { return __builtin_elementwise_sqrt(x); }

#endif
