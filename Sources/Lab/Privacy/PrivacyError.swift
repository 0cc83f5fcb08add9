public import Foundation
public import LabDomain

/// What the privacy module refuses or cannot do, and why.
public enum PrivacyError: ReportableError, Hashable {
    case ownerName(String)
    case keyPermissions(URL, String)
    case keyDamaged(URL)
    case keyFile(URL, operation: String, reason: String)
    case parameter(_ name: String, _ value: String, needs: String)
    case ledgerBroken(URL, entry: Int64)
    case ledgerVersion(URL, found: Int, known: Int)
    case storedValue(URL, digest: String)
    case budgetExceeded(population: String, asked: PrivacyCost, balance: PrivacyBalance)
    case secondContribution(CustomerID)
    case unknownCell(Int, of: Int)
    case erased(CustomerID)
    case noCustomerKey(CustomerID)
    case customerKeyDamaged(URL, CustomerID)
    case sealedText(CustomerID)
    case vaultVersion(URL, found: Int, known: Int)
    case unknownOwner(String, URL)

    public var what: String {
        switch self {
        case .ownerName(let name): "'\(name)' cannot be a data owner's name."
        case .keyPermissions(let url, let found): "The file \(url.path) is open to others: \(found)."
        case .keyDamaged(let url): "The key at \(url.path) is not 32 bytes in hexadecimal."
        case .keyFile(let url, let operation, let reason): "Cannot \(operation) \(url.path): \(reason)."
        case .parameter(let name, let value, let needs): "The \(name) is \(value) but must be \(needs)."
        case .ledgerBroken(let url, let entry): "The ledger \(url.path) was altered at entry \(entry)."
        case .ledgerVersion(let url, let found, let known):
            "The ledger \(url.path) has format \(found); this program knows \(known)."
        case .storedValue(let url, let digest):
            "The stored release \(digest.prefix(12)) in \(url.path) is missing or damaged."
        case .budgetExceeded(let population, let asked, let balance):
            """
            A release of epsilon \(asked.epsilon) from '\(population)' would exceed its privacy budget: \
            \(balance.spent.epsilon) of \(balance.budget.epsilon) is spent.
            """
        case .secondContribution(let customer):
            "Customer \(customer.rawValue.prefix(8))… appears twice, which would break the stated sensitivity."
        case .unknownCell(let cell, let count): "Cell \(cell) is not among the \(count) of the histogram."
        case .erased(let customer): "Customer \(customer.rawValue.prefix(8))… was erased; their texts are gone."
        case .noCustomerKey(let customer): "There is no key here for customer \(customer.rawValue.prefix(8))…."
        case .customerKeyDamaged(let url, let customer):
            "The key of customer \(customer.rawValue.prefix(8))… in \(url.path) does not open with its owner's key."
        case .sealedText(let customer):
            "A sealed text of customer \(customer.rawValue.prefix(8))… was altered or stands in another place."
        case .vaultVersion(let url, let found, let known):
            "The customers' keys \(url.path) have format \(found); this program knows \(known)."
        case .unknownOwner(let owner, let folder): "There is no data owner '\(owner)' in \(folder.path)."
        }
    }

    public var remedy: String {
        switch self {
        case .ownerName: "Use 1 to 64 of a-z, 0-9, '.', '_', '-', and begin with a letter or digit."
        case .keyPermissions(let url, _):
            "Make it yours alone with 'chmod 600 \(url.path)' if nobody else has read it; else replace the key."
        case .keyDamaged: "Restore it from your copy; a new key gives every customer a new pseudonym."
        case .keyFile: "Check that the folder exists, is yours and is on a writable disk with space left."
        case .parameter: "Choose a value within these bounds."
        case .ledgerBroken, .storedValue: "Restore the ledger from your copy; nothing is released until it is whole."
        case .ledgerVersion, .vaultVersion: "Use the version of the program that wrote it, or a newer one."
        case .budgetExceeded:
            "Nothing was computed. Ask for less, use an answer that was paid before, or decide on a larger budget."
        case .secondContribution: "Give each customer one cell, for example that of the last reading."
        case .unknownCell: "Name every cell before the data are looked at."
        case .erased: "This cannot be undone, by intention; leave the person out."
        case .noCustomerKey: "Set LAB_HOME and LAB_OWNER to those under which the data were ingested."
        case .customerKeyDamaged: "Restore the owner's key and the customers' keys from the same copy."
        case .sealedText: "Verify the run that it comes from, and ingest the data again."
        case .unknownOwner: "Set LAB_HOME, or give the owner under whom the data were ingested."
        }
    }

    public var status: ExitStatus {
        switch self {
        case .ownerName: .usage
        case .keyPermissions: .noPermission
        case .keyDamaged: .badData
        case .keyFile: .inputOutput
        case .parameter: .usage
        case .ledgerBroken, .storedValue, .ledgerVersion, .vaultVersion: .badData
        case .customerKeyDamaged, .sealedText: .badData
        case .erased, .noCustomerKey, .unknownOwner: .noInput
        case .budgetExceeded: .noPermission
        case .secondContribution, .unknownCell: .ourBug
        }
    }
}
