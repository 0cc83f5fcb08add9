import LabCommand
import LabExperiments

await LabCommand.main(shippedExperiments)
