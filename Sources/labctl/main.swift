import LabCommand
import LabExperiments
import LabRuns

await LabCommand.main(shippedExperiments, code: .embedded)
