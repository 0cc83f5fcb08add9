/// Faces typed with punctuation, and what they say in the words of emoji names. The table was written for this project.
enum Emoticons {
    /// Words by emoticon; a mouth may be repeated.
    static let words: [String: String] = {
        var words: [String: String] = [:]
        for (meaning, forms) in table {
            for form in forms.split(separator: " ") { words[String(form)] = meaning }
        }
        return words
    }()

    private static let table: [(meaning: String, forms: String)] = [
        ("smiling face", ":) :-) :] :-] =) =] (: (-: (= [: :o) :^) :') ☺︎ ^^ ^_^ ^.^ ^-^ (^_^) c: :3 8) 8-) B-)"),
        ("grinning face", ":D :-D =D xD XD x-D X-D 8D :'D ^o^ \\o/"),
        ("winking face", ";) ;-) ;] ;-] (; (-; ;D ;-D ;P ;p ;-P ;-p"),
        ("sad face", ":( :-( :[ :-[ =( =[ ): )-: )= ]: D: :c :-c :<"),
        ("crying face", ":'( :'-( ='( ;( ;-( ;_; T_T T.T TT_TT t_t ;__; Q_Q"),
        ("face with tongue", ":P :-P :p :-p =P =p :b :-b xP XP :Þ"),
        ("surprised face", ":O :-O :o :-o =O =o o_O O_o O_O o_o o.O O.o O.O o.o 0_0 :0"),
        ("confused face", ":/ :-/ =/ :\\ :-\\ =\\ :S :-S :s :-s :L"),
        ("neutral face", ":| :-| =| -_- -.- -__- ._. ¬_¬"),
        ("face blowing a kiss", ":* :-* =* ;* ;-* :x :X"),
        ("angry face", ">:( >:-( >( >.< >_< >:[ D:<"),
        ("smiling face with horns", ">:) >:-) 3:) }:) >:D"),
        ("red heart", "<3 <33 <333"),
        ("broken heart", "</3 <\\3"),
    ]
}
