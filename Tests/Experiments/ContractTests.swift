import LabExperimentTestKit
import LabExperiments
import LabRuns
import Testing

/// What every shipped experiment and pipeline must keep.
@Suite struct ContractTests {
    @Test(arguments: shippedExperiments.experiments.map { $0.name })
    func keepsTheContract(name: String) throws {
        #expect(try faults(in: shippedExperiments.experiment(named: name)) == [])
    }

    @Test func namesAreUniqueAndInputsExist() throws {
        let names = shippedExperiments.experiments.map { $0.name }
        #expect(Set(names).count == names.count)
        for experiment in shippedExperiments.experiments {
            for input in experiment.inputs {
                #expect(names.contains(input.experiment), "\(experiment.name) reads \(input.experiment)")
            }
        }
    }

    @Test func pipelinesFitTogether() throws {
        for pipeline in shippedExperiments.pipelines { try check(pipeline) }
    }

    private func faults<E: Experiment>(in experiment: E.Type) throws -> [String] {
        try ExperimentContract.faults(in: experiment)
    }

    private func check<P: Pipeline>(_ pipeline: P.Type) throws { try Launcher.check(pipeline) }
}
