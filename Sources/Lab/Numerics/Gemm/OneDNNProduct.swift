#if OneDNN
    import COneDNN

    /// oneDNN's matrix primitive for one number of rows, with its packed copy of the weights.
    final class OneDNNProduct {
        // An engine may be used by all threads at once; a stream may not.
        nonisolated(unsafe) private static let engine: dnnl_engine_t? = {
            var engine: dnnl_engine_t?
            return dnnl_engine_create(&engine, dnnl_cpu, 0) == dnnl_success ? engine : nil
        }()

        private var stream: dnnl_stream_t?
        private var primitive: dnnl_primitive_t?
        private var memories: [dnnl_memory_t?] = [nil, nil, nil]
        private var packed = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 64)

        /// `nil` where the library refuses.
        init?(rows: Int, _ weights: Matrix, transposed: Bool) {
            guard let engine = Self.engine, dnnl_stream_create(&stream, engine, 0) == dnnl_success else { return nil }
            let inner = transposed ? weights.columns : weights.rows
            let columns = transposed ? weights.rows : weights.columns
            guard var source = Self.describe(rows, inner, dnnl_ab), var result = Self.describe(rows, columns, dnnl_ab),
                var plain = Self.describe(inner, columns, transposed ? dnnl_ba : dnnl_ab),
                var free = Self.describe(inner, columns, dnnl_format_tag_any)
            else { return nil }

            var operation = dnnl_matmul_desc_t()
            var description: dnnl_primitive_desc_t?
            guard dnnl_matmul_desc_init(&operation, &source, &free, nil, &result) == dnnl_success,
                dnnl_primitive_desc_create(&description, &operation, nil, engine, nil) == dnnl_success
            else { return nil }
            defer { dnnl_primitive_desc_destroy(description) }
            guard dnnl_primitive_create(&primitive, description) == dnnl_success,
                let layout = dnnl_primitive_desc_query_md(description, dnnl_query_weights_md, 0)
            else { return nil }

            packed.deallocate()
            packed = .allocate(byteCount: dnnl_memory_desc_get_size(layout), alignment: 64)
            guard dnnl_memory_create(&memories[0], &source, engine, nil) == dnnl_success,
                dnnl_memory_create(&memories[1], layout, engine, packed.baseAddress) == dnnl_success,
                dnnl_memory_create(&memories[2], &result, engine, nil) == dnnl_success,
                pack(weights, &plain, layout, engine)
            else { return nil }
        }

        deinit {
            for memory in memories where memory != nil { dnnl_memory_destroy(memory) }
            if primitive != nil { dnnl_primitive_destroy(primitive) }
            if stream != nil { dnnl_stream_destroy(stream) }
            packed.deallocate()
        }

        /// Multiplies; false where the library refuses.
        func run(input: UnsafeBufferPointer<Float>, output: UnsafeMutableBufferPointer<Float>) -> Bool {
            // The primitive only reads its source.
            let source = UnsafeMutableRawPointer(mutating: input.baseAddress)
            guard dnnl_memory_set_data_handle(memories[0], source) == dnnl_success,
                dnnl_memory_set_data_handle(memories[2], output.baseAddress) == dnnl_success
            else { return false }
            let arguments = (
                lab_dnnl_source(memories[0]), lab_dnnl_weights(memories[1]), lab_dnnl_result(memories[2])
            )
            return withUnsafeBytes(of: arguments) { bytes in
                let list = bytes.assumingMemoryBound(to: dnnl_exec_arg_t.self)
                return dnnl_primitive_execute(primitive, stream, 3, list.baseAddress) == dnnl_success
                    && dnnl_stream_wait(stream) == dnnl_success
            }
        }

        private func pack(
            _ weights: Matrix, _ plain: inout dnnl_memory_desc_t, _ layout: UnsafePointer<dnnl_memory_desc_t>,
            _ engine: dnnl_engine_t
        ) -> Bool {
            weights.elements.withUnsafeBytes { elements in
                var (memory, description, reorder): (dnnl_memory_t?, dnnl_primitive_desc_t?, dnnl_primitive_t?)
                let data = UnsafeMutableRawPointer(mutating: elements.baseAddress)
                guard dnnl_memory_create(&memory, &plain, engine, data) == dnnl_success else { return false }
                defer { dnnl_memory_destroy(memory) }
                guard
                    dnnl_reorder_primitive_desc_create(&description, &plain, engine, layout, engine, nil)
                        == dnnl_success
                else { return false }
                defer { dnnl_primitive_desc_destroy(description) }
                guard dnnl_primitive_create(&reorder, description) == dnnl_success else { return false }
                defer { dnnl_primitive_destroy(reorder) }
                let arguments = [lab_dnnl_from(memory), lab_dnnl_to(memories[1])]
                return dnnl_primitive_execute(reorder, stream, 2, arguments) == dnnl_success
                    && dnnl_stream_wait(stream) == dnnl_success
            }
        }

        private static func describe(_ rows: Int, _ columns: Int, _ tag: dnnl_format_tag_t) -> dnnl_memory_desc_t? {
            // The function's parameter is an array of 12.
            var sides = [dnnl_dim_t](repeating: 0, count: Int(DNNL_MAX_NDIMS))
            (sides[0], sides[1]) = (dnnl_dim_t(rows), dnnl_dim_t(columns))
            var description = dnnl_memory_desc_t()
            return dnnl_memory_desc_init_by_tag(&description, 2, sides, dnnl_f32, tag) == dnnl_success
                ? description : nil
        }
    }
#endif
