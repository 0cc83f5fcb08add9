import LabPolicy
import LabRuns

extension ExplanationExperiment {
    public struct Configuration: ExperimentConfiguration {
        public var decision = -1
        public var customer = -1
        public var decisions = 60
        public var background = 64
        public var orders = 1
        public var onnx = ""
        public var output = ""
        public var reading = ""
        public var log = ""
        public var journeysFile = ""

        public init() {}

        public static let settings = [
            Setting("decision", "The decision of the log to explain; -1 explains none alone."),
            Setting("customer", "The customer of the log whose decisions are explained; -1 explains none alone."),
            Setting("decisions", "Decisions explained in each segment, where none is named.", unit: "decisions"),
            Setting("background", "States of the log that decisions are compared with.", unit: "states"),
            Setting("orders", "Orders of the groups for each background state, each used forwards and backwards."),
            Setting("onnx", "An ONNX model to explain in place of the run's policy; empty explains that."),
            Setting("output", "Which output of the model decides, where it has several."),
            Setting(
                "reading", "What the output stands for: scores, logits, probabilities or actions; empty finds out."),
            Setting("log", "The name of a log of your own; empty takes a run's journeys."),
            Setting("journeysFile", "A journey log to read in place of the run's; empty reads that."),
        ]

        public func validate() throws {
            func require(_ holds: Bool, _ key: String, _ value: some CustomStringConvertible, _ requirement: String)
                throws
            {
                guard holds else {
                    throw RunsError.invalidSetting(key: key, value: value.description, requirement: requirement)
                }
            }
            try require(decision >= -1, "decision", decision, "a decision's number, or -1")
            try require(customer >= -1, "customer", customer, "a customer's number, or -1")
            try require(decision < 0 || customer < 0, "customer", customer, "-1 where a decision is named")
            try require(decisions >= 2, "decisions", decisions, "at least 2")
            try require(background >= 2, "background", background, "at least 2")
            try require(orders >= 1, "orders", orders, "at least 1")
            try require(
                reading.isEmpty || ONNXPolicy.Reading(rawValue: reading) != nil, "reading", reading,
                "empty or one of " + ONNXPolicy.Reading.allCases.map(\.rawValue).joined(separator: ", "))
        }
    }
}
