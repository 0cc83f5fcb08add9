#ifndef LAB_CHDF5_TRIAL_H
#define LAB_CHDF5_TRIAL_H

// A trial reading in a child process. libhdf5 1.10 trusts what stands in a file: altered bytes can make it write or read
// outside its memory. Files of this program carry a digest; one of another program is first read whole by a child, and
// what kills the child is refused.

#include "shim.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

// The memory types into which Swift reads, by the class of the stored type; -1 where it reads nothing.
static inline void lab_h5_try_read(hid_t dataset, hid_t type, hid_t memory, size_t width) {
    hid_t space = H5Dget_space(dataset);
    hssize_t count = space < 0 ? -1 : H5Sget_simple_extent_npoints(space);
    hsize_t shape[H5S_MAX_RANK];
    int rank = space < 0 ? -1 : H5Sget_simple_extent_dims(space, shape, NULL);
    if (count > 0 && rank >= 0 && memory >= 0 && width > 0) {
        hsize_t rows = rank > 0 ? shape[0] : 1;
        hsize_t row = rows > 0 ? (hsize_t)count / rows : 0;
        hsize_t step = row > 0 && row * width < ((hsize_t)1 << 26) ? (((hsize_t)1 << 26) / (row * width)) : 1;
        if (step > rows) step = rows;
        // A row too large for the limit of the address space fails here and is refused by size in Swift.
        void *buffer = row < ((hsize_t)1 << 40) / width ? malloc((size_t)(step * row * width)) : NULL;
        for (hsize_t first = 0; buffer != NULL && first < rows; first += step) {
            hsize_t start[H5S_MAX_RANK] = {0};
            hsize_t extent[H5S_MAX_RANK];
            memcpy(extent, shape, sizeof(hsize_t) * (size_t)rank);
            hid_t target = -1;
            if (rank == 0) {
                target = H5Scopy(space);
            } else {
                start[0] = first;
                extent[0] = rows - first < step ? rows - first : step;
                H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, extent, NULL);
                target = H5Screate_simple(rank, extent, NULL);
            }
            herr_t status = H5Dread(dataset, memory, target, space, H5P_DEFAULT, buffer);
            if (status >= 0 && H5Tis_variable_str(type) > 0) H5Dvlen_reclaim(memory, target, H5P_DEFAULT, buffer);
            H5Sclose(target);
            if (status < 0) break;
        }
        free(buffer);
    }
    if (space >= 0) H5Sclose(space);
}

static inline hid_t lab_h5_trial_flag(void) {
    hid_t type = H5Tenum_create(H5T_NATIVE_INT8);
    int8_t no = 0, yes = 1;
    H5Tenum_insert(type, "FALSE", &no);
    H5Tenum_insert(type, "TRUE", &yes);
    return type;
}

static inline void lab_h5_try_dataset(hid_t dataset) {
    hid_t type = H5Dget_type(dataset);
    if (type < 0) return;
    switch (H5Tget_class(type)) {
        case H5T_FLOAT:
            lab_h5_try_read(dataset, type, H5T_NATIVE_DOUBLE, 8);
            lab_h5_try_read(dataset, type, H5T_NATIVE_FLOAT, 8);
            break;
        case H5T_INTEGER:
            lab_h5_try_read(dataset, type, H5T_NATIVE_INT64, 8);
            lab_h5_try_read(dataset, type, H5T_NATIVE_INT32, 8);
            lab_h5_try_read(dataset, type, H5T_NATIVE_UINT8, 8);
            break;
        case H5T_ENUM:
            lab_h5_try_read(dataset, type, lab_h5_trial_flag(), 8);
            break;
        case H5T_STRING: {
            hid_t memory = H5Tcopy(type);
            lab_h5_try_read(dataset, type, memory, H5Tget_size(memory));
            break;
        }
        default: break;
    }
    H5Tclose(type);
}

static inline void lab_h5_try_attributes(hid_t object) {
    int count = lab_h5_attribute_count(object);
    for (int index = 0; index < count && index < 4096; index++) {
        hid_t attribute = H5Aopen_by_idx(
            object, ".", H5_INDEX_NAME, H5_ITER_INC, (hsize_t)index, H5P_DEFAULT, H5P_DEFAULT);
        if (attribute < 0) continue;
        char name[4096];
        H5Aget_name(attribute, sizeof(name), name);
        hid_t type = H5Aget_type(attribute);
        hid_t space = H5Aget_space(attribute);
        hssize_t items = space < 0 ? 0 : H5Sget_simple_extent_npoints(space);
        size_t width = type < 0 ? 0 : H5Tget_size(type);
        if (width < 8) width = 8;
        if (type >= 0 && items > 0 && items < (1 << 20) && width < (1 << 20)) {
            void *buffer = malloc((size_t)items * width);
            H5T_class_t kind = H5Tget_class(type);
            hid_t memory = kind == H5T_FLOAT ? H5T_NATIVE_DOUBLE : kind == H5T_INTEGER ? H5T_NATIVE_INT64 : type;
            herr_t status = buffer == NULL ? -1 : H5Aread(attribute, memory, buffer);
            if (status >= 0 && H5Tis_variable_str(type) > 0) H5Dvlen_reclaim(type, space, H5P_DEFAULT, buffer);
            free(buffer);
        }
        if (space >= 0) H5Sclose(space);
        if (type >= 0) H5Tclose(type);
        H5Aclose(attribute);
    }
}

static inline void lab_h5_try_group(hid_t group, int depth) {
    struct lab_h5_names names;
    if (depth > 8) return;
    lab_h5_names(group, &names);
    for (size_t place = 0; place < names.length; place += strlen(names.text + place) + 1) {
        const char *name = names.text + place;
        hid_t object = H5Oopen(group, name, H5P_DEFAULT);
        if (object < 0) continue;
        lab_h5_try_attributes(object);
        switch (H5Iget_type(object)) {
            case H5I_GROUP: lab_h5_try_group(object, depth + 1); break;
            case H5I_DATASET: lab_h5_try_dataset(object); break;
            default: break;
        }
        H5Oclose(object);
    }
    free(names.text);
}

// Reads all of a file in a child: 0 when the child came to its end (whatever it found), the number of the signal that
// ended it otherwise, -1 where there can be no child. No other thread may be inside the library meanwhile.
static inline int lab_h5_trial(const char *path, unsigned seconds) {
    pid_t child = fork();
    if (child < 0) return -1;
    if (child == 0) {
        const int fatal[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGXCPU};
        for (size_t index = 0; index < sizeof(fatal) / sizeof(fatal[0]); index++) signal(fatal[index], SIG_DFL);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        // The C library's last words about a spoiled heap are not for the user.
        int nowhere = open("/dev/null", O_WRONLY);
        if (nowhere >= 0) dup2(nowhere, STDERR_FILENO);
        struct rlimit core = {0, 0};
        struct rlimit time = {seconds, seconds + 1};
        setrlimit(RLIMIT_CORE, &core);
        setrlimit(RLIMIT_CPU, &time);
        lab_h5_silence();
        hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
        if (file >= 0) {
            hid_t root = H5Gopen2(file, "/", H5P_DEFAULT);
            if (root >= 0) {
                lab_h5_try_attributes(root);
                lab_h5_try_group(root, 0);
                H5Gclose(root);
            }
            H5Fclose(file);
        }
        _exit(0);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) return -1;
    }
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

#endif
