/// The stub's phrases by kind and reader. `<product>` and `<offer>` come from the prompt.
enum StubPhrases {
    static let headlines: [String: [String]] = [
        "inform/negative": [
            "<product>, plainly described", "What is in <product>", "The facts, at your pace",
            "Plain tea, clear labels",
            "Read it whenever you like", "How <product> is made", "A short note on <product>",
        ],
        "inform/neutral": [
            "<product>, explained", "How <product> works", "Six teas, one box", "Labels that say when",
            "From leaf to lid",
            "What comes in <product>", "Loose tea, dated tins", "Six loose teas and a date on every one of the tins",
            "Where the leaves in <product> come from, tin by tin",
        ],
        "inform/positive": [
            "Say hello to <product>", "Good leaves, good labels", "A closer look inside", "Six small discoveries",
            "Meet <product>", "Tea worth a second look", "Open the lid: six teas, six dates, six brewing times",
        ],
        "empathise/negative": [
            "A quiet cup", "Take the day slowly", "No hurry here", "Room for a pause", "Ten calm minutes",
            "One kettle, no questions", "Gently does it",
        ],
        "empathise/neutral": [
            "A pause in the day", "Time for a cup", "Put the kettle on", "A small quiet moment", "Between two things",
            "Sit down for a minute", "An ordinary afternoon, and a cup to go with it",
        ],
        "empathise/positive": [
            "A cup for a good day", "Here is to small joys", "Share a pot with someone", "Steam, sun and a window",
            "A bright little break", "Cheers, in a teacup", "Good days go well with a pot that is big enough for two",
        ],
        "promote/negative": [
            "A refill, on us", "<offer>", "Try <product> gently", "A small thank-you refill", "Six teas and one refill",
            "One refill tin, no strings",
        ],
        "promote/neutral": [
            "<offer>", "Start with a free refill", "Six teas plus one refill", "Refill tin included",
            "<product>, plus one",
            "One box, one extra tin", "Order <product> and keep the tins: one refill is included",
        ],
        "promote/positive": [
            "A free refill for you", "<offer>!", "More tea, same tins", "Treat yourself to six teas",
            "Come in, tea is ready",
            "Fill it up again, on us", "Six new favourites, and the first refill tin is our treat",
        ],
    ]

    static let openings: [String: [String]] = [
        "inform/negative": [
            "Here is what <product> holds.", "A few plain facts.", "This is <product>, in short.",
            "Nothing to decide, only to read.", "In case it is useful.", "What to know about <product>.",
        ],
        "inform/neutral": [
            "<product> in brief.", "What you get is simple.", "Three things about <product>.", "How it works.",
            "Here is what is inside.", "The short version.",
        ],
        "inform/positive": [
            "There is a lot to like.", "Curious about <product>?", "Lift the lid and look.", "Here is the fun part.",
            "A box of small pleasures.", "You may like this.",
        ],
        "empathise/negative": [
            "Sit down for a moment.", "Be easy on yourself.", "The day can wait a little.", "Let the steam rise.",
            "There is no rush at all.", "Breathe, stir, sip.",
        ],
        "empathise/neutral": [
            "Time for a short break.", "The water is on.", "Look out of the window for a while.",
            "A cup between two tasks.",
            "Put the phone down after this.", "An afternoon has room for this.",
        ],
        "empathise/positive": [
            "What a day for a pot of tea.", "Raise a cup to it.", "Share the good mood.",
            "Sun on the table, steam in the air.",
            "Here is to you.", "Call a friend and fill two cups.",
        ],
        "promote/negative": [
            "If you would like to try it.", "Only if it suits you.", "A simple start.", "Whenever you are ready.",
            "Have a look at your leisure.", "It keeps, so take your time.",
        ],
        "promote/neutral": [
            "A good time to try <product>.", "Start simply.", "Here is the arrangement.",
            "<product> comes with a little extra.",
            "Six teas and then one more.", "This is how you begin.",
        ],
        "promote/positive": [
            "Good news for tea lovers.", "Ready for a new favourite?", "Your next cup is waiting.",
            "Bring the big pot.",
            "Six teas walk into a kitchen.", "This one is on the house.",
        ],
    ]

    static let offers: [String: [String]] = [
        "negative": [
            "If you order, <offer>.", "There is no date to keep: <offer>.", "It is simple: <offer>.",
            "For all, <offer>.",
        ],
        "neutral": [
            "With every first box, <offer>.", "Order once and <offer>.", "To start with, <offer>.", "Now <offer>.",
        ],
        "positive": ["And <offer>.", "Best of all, <offer>.", "Our treat: <offer>.", "Say yes and <offer>."],
    ]

    static let closings: [String: [String]] = [
        "inform/negative": ["That is all.", "The rest can wait."],
        "inform/neutral": ["More on the page.", "Details are one click away."],
        "inform/positive": ["Have a look around.", "See which one is yours."],
        "empathise/negative": ["That is all for today.", "Take care."],
        "empathise/neutral": ["Back in ten minutes.", "Then carry on."],
        "empathise/positive": ["Enjoy it.", "Pass it on."],
        "promote/negative": ["You can stop at any time.", "No commitment."],
        "promote/neutral": ["You can pause whenever you like.", "Tins go back in the post."],
        "promote/positive": ["See you at the kettle.", "Pick your first one."],
    ]

    static let buttons: [String: [String]] = [
        "inform": ["Learn more", "Read more", "See the facts"],
        "empathise": ["Learn more", "Read on", "Take a moment"],
        "promote": ["Shop now", "Order now", "Get offer", "Sign up", "Try it"],
    ]
}
