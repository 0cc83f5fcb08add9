#ifndef LAB_CONEDNN_SHIM_H
#define LAB_CONEDNN_SHIM_H

#include <oneapi/dnnl/dnnl.h>
#include <oneapi/dnnl/dnnl_debug.h>

// Debian's oneDNN computes on GCC's OpenMP, whose header lies outside Clang's search path; the setting holds for the
// calling thread only.
extern void omp_set_num_threads(int count);

// The first member of each argument is a macro in oneDNN's header.
static inline dnnl_exec_arg_t lab_dnnl_source(dnnl_memory_t memory) { return (dnnl_exec_arg_t){DNNL_ARG_SRC, memory}; }
static inline dnnl_exec_arg_t lab_dnnl_weights(dnnl_memory_t memory) { return (dnnl_exec_arg_t){DNNL_ARG_WEIGHTS, memory}; }
static inline dnnl_exec_arg_t lab_dnnl_result(dnnl_memory_t memory) { return (dnnl_exec_arg_t){DNNL_ARG_DST, memory}; }
static inline dnnl_exec_arg_t lab_dnnl_from(dnnl_memory_t memory) { return (dnnl_exec_arg_t){DNNL_ARG_FROM, memory}; }
static inline dnnl_exec_arg_t lab_dnnl_to(dnnl_memory_t memory) { return (dnnl_exec_arg_t){DNNL_ARG_TO, memory}; }

#endif
