import Foundation
import LabNumerics

extension ONNXOperators {
    /// Functions of one number, element by element.
    static let functions: [String: ONNXOperator] = [
        "Relu": { try apply(Elementwise.relu, $0) },
        "Exp": { try apply(Elementwise.exp, $0) },
        "Tanh": { try apply(Elementwise.tanh, $0) },
        "Sigmoid": { try apply(Elementwise.sigmoid, $0) },
        "Gelu": { call in
            switch try call.text("approximate", default: "none") {
            case "none": try apply(Elementwise.gelu, call)
            case "tanh": try apply(Elementwise.geluTanh, call)
            case let other: throw ONNXFault("its attribute 'approximate' is '\(other)'")
            }
        },
        "Neg": { call in
            let x = try call.input()
            return [try signed(x, { -$0 }, { 0 &- $0 })]
        },
        "Abs": { call in
            let x = try call.input()
            return [try signed(x, { abs($0) }, { $0 < 0 ? 0 &- $0 : $0 })]
        },
        "Sign": { call in
            let x = try call.input()
            return [try signed(x, { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }, { $0.signum() })]
        },
        "LeakyRelu": { call in
            let slope = try call.float("alpha", default: 0.01)
            return try map(call) { $0 < 0 ? slope * $0 : $0 }
        },
        "Elu": { call in
            let scale = try call.float("alpha", default: 1)
            return try map(call) { $0 < 0 ? scale * expm1($0) : $0 }
        },
        "Selu": { call in
            let alpha = try call.float("alpha", default: 1.673_263_2)
            let gamma = try call.float("gamma", default: 1.050_701)
            return try map(call) { gamma * ($0 < 0 ? alpha * expm1($0) : $0) }
        },
        "HardSigmoid": { call in
            let (alpha, beta) = (try call.float("alpha", default: 0.2), try call.float("beta", default: 0.5))
            return try map(call) { max(0, min(1, alpha * $0 + beta)) }
        },
        // log(1 + eˣ) without overflow.
        "Softplus": { try map($0) { max($0, 0) + log1p(exp(-abs($0))) } },
        "Softsign": { try map($0) { $0 / (1 + abs($0)) } },
        "Log": { try map($0) { log($0) } },
        "Sqrt": { try map($0) { $0.squareRoot() } },
        "Reciprocal": { try map($0) { 1 / $0 } },
        "Erf": { try map($0) { erf($0) } },
        "Sin": { try map($0) { sin($0) } },
        "Cos": { try map($0) { cos($0) } },
        "Floor": { try map($0) { $0.rounded(.down) } },
        "Ceil": { try map($0) { $0.rounded(.up) } },
    ]

    private typealias Kernel = (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void

    private static func apply(_ kernel: Kernel, _ call: ONNXCall) throws -> [ONNXTensor] {
        let shape = try call.input().shape
        var values = try call.floats()
        values.withUnsafeMutableBufferPointer { target in
            guard let start = target.baseAddress, target.count > 0 else { return }
            kernel(UnsafePointer(start), start, target.count)
        }
        return [ONNXTensor(shape: shape, values)]
    }

    @inline(__always)
    private static func map(_ call: ONNXCall, _ function: (Float) -> Float) throws -> [ONNXTensor] {
        [ONNXTensor(shape: try call.input().shape, try call.floats().map(function))]
    }

    /// A function that integers have as well.
    private static func signed(
        _ x: ONNXTensor, _ floats: (Float) -> Float, _ integers: (Int64) -> Int64
    ) throws -> ONNXTensor {
        switch x.elements {
        case .floats(let values): ONNXTensor(shape: x.shape, values.map(floats))
        case .integers(let values):
            ONNXTensor(shape: x.shape, values.map { x.type.wrapped(integers($0)) }, type: x.type)
        default: throw ONNXFault("it takes float32 or integers, not \(x.type.name)")
        }
    }
}
