#ifndef LAB_CHDF5_SHIM_H
#define LAB_CHDF5_SHIM_H

#include <hdf5.h>

#endif
