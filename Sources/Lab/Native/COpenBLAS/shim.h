#ifndef LAB_COPENBLAS_SHIM_H
#define LAB_COPENBLAS_SHIM_H

#include <cblas.h>
#include <gnu/libc-version.h>

#endif
