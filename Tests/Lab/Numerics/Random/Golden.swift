/// Printed by `Fixtures/random_stream.py`.
enum Golden {
    static let root: [UInt32] = [0x8e5c_8e20, 0x3e9f_7105, 0x282f_c3a6, 0x4212_8020, 0xc4e8_b702, 0x71d0_45e0]
    static let named: [UInt32] = [0xc1bd_128a, 0xd61d_50ff, 0xe99d_d009, 0xfc0b_5f82]
    static let indexed: [UInt32] = [0x081e_4a61, 0xa1d5_584d, 0xcfb5_942d, 0x285c_aa89]
    static let negative: [UInt32] = [0x9489_96be, 0x293c_c33b, 0x35e5_cb55, 0x50e4_f098]
}
