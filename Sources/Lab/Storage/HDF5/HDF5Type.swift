import CHDF5

/// Translation between `HDF5Kind` and the library's data types.
enum HDF5Type {
    /// The type as stored in the file: little-endian, fixed width.
    static func stored(_ kind: HDF5Kind, width: Int, file: String) throws -> HDF5Handle {
        switch kind {
        case .float32: try copy(lab_h5_file_float(), file)
        case .float64: try copy(lab_h5_file_double(), file)
        case .int32: try copy(lab_h5_file_int32(), file)
        case .int64: try copy(lab_h5_file_int64(), file)
        case .uint8: try copy(lab_h5_file_uint8(), file)
        case .bool: try boolean(lab_h5_file_int8(), file)
        case .string: try text(width: width, file)
        }
    }

    /// The type as laid out in memory.
    static func memory(_ kind: HDF5Kind, width: Int, file: String) throws -> HDF5Handle {
        switch kind {
        case .float32: try copy(lab_h5_native_float(), file)
        case .float64: try copy(lab_h5_native_double(), file)
        case .int32: try copy(lab_h5_native_int32(), file)
        case .int64: try copy(lab_h5_native_int64(), file)
        case .uint8: try copy(lab_h5_native_uint8(), file)
        case .bool: try boolean(lab_h5_native_int8(), file)
        case .string: try text(width: width, file)
        }
    }

    /// Strings of any length, as h5py writes attributes.
    static func variableText(file: String) throws -> HDF5Handle {
        let type = try text(width: 1, file)
        lab_h5_set_variable_length(type.id)
        return type
    }

    private static func copy(_ id: hid_t, _ file: String) throws -> HDF5Handle {
        try HDF5Handle(H5Tcopy(id), closedBy: H5Tclose, file: file, doing: "copy a data type")
    }

    private static func text(width: Int, _ file: String) throws -> HDF5Handle {
        let type = try copy(lab_h5_c_string(), file)
        H5Tset_size(type.id, width)
        H5Tset_strpad(type.id, H5T_STR_NULLPAD)
        H5Tset_cset(type.id, H5T_CSET_UTF8)
        return type
    }

    private static func boolean(_ base: hid_t, _ file: String) throws -> HDF5Handle {
        let type = try HDF5Handle(H5Tenum_create(base), closedBy: H5Tclose, file: file, doing: "make a data type")
        var no: Int8 = 0
        var yes: Int8 = 1
        H5Tenum_insert(type.id, "FALSE", &no)
        H5Tenum_insert(type.id, "TRUE", &yes)
        return type
    }
}

/// A data type found in a file.
struct HDF5StoredType {
    var kind: HDF5Kind?
    var width: Int
    var isVariableText: Bool
    var description: String

    init(_ type: hid_t) {
        width = Int(H5Tget_size(type))
        isVariableText = false
        let signed = H5Tget_sign(type) != H5T_SGN_NONE
        switch H5Tget_class(type) {
        case H5T_FLOAT:
            kind = width == 4 ? .float32 : width == 8 ? .float64 : nil
            description = "float\(width * 8)"
        case H5T_INTEGER:
            kind = signed ? (width == 4 ? .int32 : width == 8 ? .int64 : nil) : (width == 1 ? .uint8 : nil)
            description = (signed ? "int" : "uint") + "\(width * 8)"
        case H5T_ENUM:
            kind = width == 1 ? .bool : nil
            description = width == 1 ? "bool" : "an enumeration"
        case H5T_STRING:
            kind = .string
            isVariableText = H5Tis_variable_str(type) > 0
            description = "string"
        default:
            kind = nil
            description = "a compound or other type"
        }
    }

    /// Whether values of this type can be read as `wanted` without losing any but the last bits of a float.
    func converts(to wanted: HDF5Kind) -> Bool {
        switch (kind, wanted) {
        case (let found?, _) where found == wanted: true
        case (.float32, .float64), (.float64, .float32): true
        case (.uint8, .int32), (.uint8, .int64), (.int32, .int64): true
        case (nil, .int64):
            description == "int8" || description == "int16" || description == "uint16" || description == "uint32"
        case (nil, .int32): description == "int8" || description == "int16" || description == "uint16"
        default: false
        }
    }
}
