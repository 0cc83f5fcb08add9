/// Words of a command line as YAML.
enum YAMLText {
    /// A text as a YAML scalar, whatever is in it.
    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}
