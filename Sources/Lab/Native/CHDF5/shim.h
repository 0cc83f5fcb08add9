#ifndef LAB_CHDF5_SHIM_H
#define LAB_CHDF5_SHIM_H

#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

// HDF5's constants are macros that call H5open() first; Swift sees none of them, so each is a function here.

static inline hid_t lab_h5_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t lab_h5_native_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t lab_h5_native_int8(void) { return H5T_NATIVE_INT8; }
static inline hid_t lab_h5_native_int32(void) { return H5T_NATIVE_INT32; }
static inline hid_t lab_h5_native_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t lab_h5_native_uint8(void) { return H5T_NATIVE_UINT8; }

static inline hid_t lab_h5_file_float(void) { return H5T_IEEE_F32LE; }
static inline hid_t lab_h5_file_double(void) { return H5T_IEEE_F64LE; }
static inline hid_t lab_h5_file_int8(void) { return H5T_STD_I8LE; }
static inline hid_t lab_h5_file_int32(void) { return H5T_STD_I32LE; }
static inline hid_t lab_h5_file_int64(void) { return H5T_STD_I64LE; }
static inline hid_t lab_h5_file_uint8(void) { return H5T_STD_U8LE; }
static inline hid_t lab_h5_c_string(void) { return H5T_C_S1; }

static inline hid_t lab_h5_file_create(void) { return H5P_FILE_CREATE; }
static inline hid_t lab_h5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t lab_h5_dataset_create(void) { return H5P_DATASET_CREATE; }
static inline hid_t lab_h5_group_create(void) { return H5P_GROUP_CREATE; }
static inline hid_t lab_h5_default(void) { return H5P_DEFAULT; }

static inline hid_t lab_h5_all(void) { return H5S_ALL; }
static inline hsize_t lab_h5_unlimited(void) { return H5S_UNLIMITED; }
static inline herr_t lab_h5_set_variable_length(hid_t type) { return H5Tset_size(type, H5T_VARIABLE); }

static inline unsigned lab_h5_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned lab_h5_truncate(void) { return H5F_ACC_TRUNC; }
static inline unsigned lab_h5_read_write(void) { return H5F_ACC_RDWR; }

// Error printing is a property of the calling thread, so it is switched off at each entry from Swift.
static inline void lab_h5_silence(void) { H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }

struct lab_h5_message {
    char *text;
    size_t capacity;
};

static herr_t lab_h5_first_message(unsigned n, const H5E_error2_t *entry, void *data) {
    struct lab_h5_message *message = (struct lab_h5_message *)data;
    if (n == 0 && entry->desc != NULL) {
        strncpy(message->text, entry->desc, message->capacity - 1);
        message->text[message->capacity - 1] = '\0';
    }
    return 0;
}

// The innermost message of this thread's error stack, or an empty string.
static inline void lab_h5_last_error(char *text, size_t capacity) {
    struct lab_h5_message message = {text, capacity};
    text[0] = '\0';
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, lab_h5_first_message, &message);
}

// The object at `path` or -1; the macro form of H5Oopen is not visible to Swift in every release.
static inline hid_t lab_h5_open_object(hid_t location, const char *path) {
    return H5Oopen(location, path, H5P_DEFAULT);
}

// The number of attributes of an open object or -1.
static inline int lab_h5_attribute_count(hid_t object) {
    H5O_info_t information;
    return H5Oget_info(object, &information) < 0 ? -1 : (int)information.num_attrs;
}

struct lab_h5_names {
    char *text;
    size_t length;
    size_t capacity;
};

static herr_t lab_h5_add_name(hid_t group, const char *name, const H5L_info_t *link, void *data) {
    struct lab_h5_names *names = (struct lab_h5_names *)data;
    size_t size = strlen(name) + 1;
    if (names->length + size > names->capacity) {
        size_t capacity = 2 * (names->length + size);
        char *text = (char *)realloc(names->text, capacity);
        if (text == NULL) return -1;
        names->text = text;
        names->capacity = capacity;
    }
    memcpy(names->text + names->length, name, size);
    names->length += size;
    return 0;
}

// The names of a group's links one behind the other, each with its zero byte; the caller frees the text. Asking for one
// name after the other by index takes quadratic time in files of the old format.
static inline herr_t lab_h5_names(hid_t group, struct lab_h5_names *names) {
    memset(names, 0, sizeof(*names));
    return H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, NULL, lab_h5_add_name, names);
}

#endif
