/// Terms that no ad of ours carries, in folded form (lower case, no accents); written for this project.
public enum ModerationLexicon {
    /// By category, in the order of severity.
    public static let standard: [(name: String, terms: [String])] = [
        (
            "self-harm",
            [
                "kill yourself", "end your life", "end it all", "suicid*", "self harm*", "cut yourself",
                "starve yourself",
                "thinspo*", "proana",
            ]
        ),
        (
            "violence",
            [
                "kill … them", "kill … him", "kill … her", "shoot … them", "beat … up", "massacre*", "bomb … building",
                "behead*", "lynch*", "you deserve to die", "burn … alive",
            ]
        ),
        (
            "hate",
            [
                "subhuman*", "vermin", "inferior race", "master race", "go back to your country", "ethnic cleansing",
                "white power", "nazi*", "untermensch*", "do not belong here", "dont belong here",
            ]
        ),
        (
            "sexual",
            [
                "porn*", "nude*", "sexy … singles", "hot singles", "escort service", "xxx", "hookup*", "erotic*",
                "fetish*",
                "onlyfans",
            ]
        ),
        (
            "drugs",
            [
                "cocaine", "heroin", "meth", "crystal meth", "mdma", "ecstasy pills", "buy weed", "vape*", "cigarette*",
                "opioid*", "without prescription", "no prescription",
            ]
        ),
        ("weapons", ["buy guns", "firearm*", "ammunition", "ghost gun*", "explosive*", "silencer*"]),
        (
            "gambling",
            ["casino*", "jackpot*", "betting", "sportsbook*", "free spins", "place your bets", "lottery", "roulette"]
        ),
        (
            "health claims",
            [
                "cures", "cure … cancer", "miracle cure", "miracle pill", "lose … kilos … week", "lose … pounds … week",
                "melts fat", "melt … fat", "detox … toxins", "reverse … diabetes", "no side effects", "covid cure",
                "anti aging miracle", "replaces your medication", "stop taking your medication",
            ]
        ),
        (
            "financial claims",
            [
                "get rich quick", "guaranteed return*", "guaranteed profit*", "guaranteed income", "double your money",
                "double your bitcoin", "risk free profit*", "passive income secret*", "instant loan*",
                "no credit check",
                "erase your debt", "forex signals", "pump and dump",
            ]
        ),
        (
            "deception",
            [
                "you have won", "youve won", "you are the winner", "claim your prize", "congratulations winner",
                "your account … suspended", "verify your account", "click here to claim", "one weird trick",
                "doctors hate", "they dont want you to know", "secret … government",
            ]
        ),
        (
            "personal attributes",
            [
                "are you depressed", "are you gay", "are you jewish", "are you muslim", "are you christian",
                "are you pregnant", "are you bipolar", "are you broke", "are you overweight", "your disability",
                "your religion", "your criminal record", "people with your illness", "other muslims",
                "other christians",
                "meet … gay", "struggling with addiction",
            ]
        ),
        (
            "shaming",
            [
                "ugly", "loser*", "fat … belly", "fatso*", "disgusting body", "you look old", "nobody likes you",
                "nobody loves you", "failure like you", "pathetic", "worthless", "stupid", "idiot*",
            ]
        ),
        (
            "profanity",
            ["fuck*", "fck*", "shit*", "bullshit*", "bitch*", "asshole*", "bastard*", "cunt*", "motherfuck*", "wtf"]
        ),
        (
            "minors",
            ["kids … buy", "tell your parents to buy", "ask your mum to buy", "ask your mom to buy", "for minors"]
        ),
    ]
}
