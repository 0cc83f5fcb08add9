/// Where the evidence for a language goes that is not among the candidates: to a candidate that it belongs to or is near.
///
/// Most are members of the same macrolanguage (ISO 639-3: Indonesian and Malay, Nynorsk and Norwegian, Egyptian and
/// standard Arabic); the others are those neighbours that the model mistakes short posts for.
enum LanguageRelatives {
    /// The candidate for a label of the model, the label itself if it is one.
    static func candidate(_ label: String, among isCandidate: (String) -> Bool) -> String? {
        if isCandidate(label) { return label }
        return nearest[label].flatMap { $0.first(where: isCandidate) }
    }

    private static let nearest: [String: [String]] = [
        "af": ["nl"], "als": ["de"], "an": ["es"], "arz": ["ar"], "ast": ["es"], "azb": ["az"], "bar": ["de"],
        "bcl": ["tl"], "bh": ["hi"], "bs": ["hr", "sr"], "cbk": ["tl", "es"], "ceb": ["tl"], "ckb": ["ku"],
        "co": ["it"], "diq": ["ku"], "dsb": ["de"], "dty": ["ne", "hi"], "eml": ["it"], "frr": ["de"], "fy": ["nl"],
        "gl": ["pt"], "gom": ["mr"], "hif": ["hi"], "hr": ["bs", "sr"], "id": ["ms"], "ilo": ["tl"],
        "jv": ["id", "ms"],
        "lb": ["de"], "li": ["nl"], "lmo": ["it"], "lrc": ["fa"], "mai": ["hi"], "min": ["id", "ms"],
        "mk": ["bg", "sr"], "ms": ["id"], "mwl": ["pt"], "mzn": ["fa"], "nap": ["it"], "nds": ["de"], "ne": ["hi"],
        "nn": ["no"], "oc": ["ca"], "pam": ["tl"], "pfl": ["de"], "pms": ["it"], "pnb": ["ur"], "rue": ["uk"],
        "sc": ["it"], "scn": ["it"], "sco": ["en"], "sh": ["hr", "sr"], "sr": ["hr"], "su": ["id", "ms"],
        "vec": ["it"], "vls": ["nl"], "wa": ["fr"], "war": ["tl"], "wuu": ["zh"], "xmf": ["ka"], "yue": ["zh"],
    ]
}
