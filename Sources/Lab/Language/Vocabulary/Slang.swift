/// Abbreviations and spellings of English posts, written out. The table was written for this project.
///
/// A spelling that is a common word of English or another language as well (`dis`, `em`, `def`) is not in it.
public enum Slang {
    /// What a spelling in lower case stands for.
    public static let meanings: [String: String] = {
        var meanings: [String: String] = [:]
        for line in table.split(separator: "\n") {
            for entry in line.split(separator: "|") {
                let parts = entry.split(separator: "=", maxSplits: 1)
                if parts.count == 2 {
                    meanings[parts[0].trimmingPrefix(while: \.isWhitespace).description] = String(parts[1])
                }
            }
        }
        return meanings
    }()

    private static let table = """
        2day=today|2moro=tomorrow|2morrow=tomorrow|2nite=tonight|4ever=forever|abt=about|acct=account|
        addy=address|afaik=as far as I know|afk=away from the keyboard|aight=all right|aint=isn't|
        aka=also known as|alot=a lot|ama=ask me anything|amirite=am I right|appt=appointment|arent=aren't|
        asap=as soon as possible|atm=at the moment|b4=before|bbl=be back later|bby=baby|bc=because|bcoz=because|
        bcuz=because|bcz=because|bday=birthday|bestie=best friend|bf=boyfriend|bff=best friend forever|
        bffs=best friends forever|biz=business|bout=about|brb=be right back|bro=brother|bros=brothers|
        btw=by the way|c'mon=come on|cant=can't|cba=can't be bothered|cmon=come on|comin=coming|
        convo=conversation|coulda=could have|couldnt=couldn't|coz=because|cray=crazy|cus=because|cuz=because|
        cya=see you|dat=that|deffo=definitely|dem=them|didnt=didn't|diy=do it yourself|dk=don't know|
        dm=direct message|dms=direct messages|dnt=don't|doesnt=doesn't|doin=doing|dont=don't|dunno=don't know|
        esp=especially|eta=estimated time of arrival|eva=ever|evry=every|evryone=everyone|fam=family|
        fav=favourite|fave=favourite|faves=favourites|favs=favourites|fb=Facebook|feelin=feeling|
        ffs=for heaven's sake|fml=my life is terrible|fomo=fear of missing out|fr=for real|frfr=for real|
        fwiw=for what it's worth|fyi=for your information|g2g=got to go|gbu=God bless you|gettin=getting|
        gf=girlfriend|gimme=give me|gj=good job|glhf=good luck and have fun|gm=good morning|gn=good night|
        goin=going|gonna=going to|goodnite=good night|gotcha=got you|gotta=got to|govt=government|gr8=great|
        grl=girl|gtfo=get out|gtg=got to go|gudnite=good night|h8=hate|hadnt=hadn't|hasnt=hasn't|havent=haven't|
        havin=having|hbd=happy birthday|hbu=how about you|hella=very|hmu=hit me up|howd=how did|hrs=hours|
        hubby=husband|hw=homework|icymi=in case you missed it|idc=I don't care|idec=I don't even care|
        idek=I don't even know|idfk=I don't know|idk=I don't know|idky=I don't know why|ig=Instagram|
        ikr=I know, right|ilu=I love you|ily=I love you|ily2=I love you too|ilysm=I love you so much|im=I'm|
        imho=in my humble opinion|imma=I am going to|imo=in my opinion|innit=isn't it|insta=Instagram|
        irl=in real life|isnt=isn't|istg=I swear to God|ive=I've|iykyk=if you know, you know|jfc=good heavens|
        jk=just kidding|jst=just|kinda=kind of|kk=okay|l8=late|l8r=later|lemme=let me|lil=little|
        lmao=laughing a lot|lmaoo=laughing a lot|lmfao=laughing a lot|lmk=let me know|lol=laughing out loud|
        lolz=laughing out loud|lookin=looking|lool=laughing out loud|ltr=later|luv=love|luvs=loves|luvu=love you|
        m8=mate|makin=making|mayb=maybe|mcm=man crush Monday|mfw=my face when|mins=minutes|mofo=bad person|
        msg=message|msgs=messages|mtg=meeting|musnt=mustn't|mwah=kiss|myb=maybe|nah=no|nbd=no big deal|
        ne1=anyone|ngl=not going to lie|nite=night|nm=not much|nothin=nothing|np=no problem|
        nsfw=not safe for work|nthng=nothing|nuff=enough|nvm=never mind|nw=no worries|obv=obviously|
        obvs=obviously|ofc=of course|ohh=oh|omfg=oh my God|omg=oh my God|omgg=oh my God|omw=on my way|
        ootd=outfit of the day|otw=on the way|outta=out of|pic=picture|pics=pictures|pls=please|plss=please|
        plz=please|plzz=please|pov=point of view|ppl=people|prob=probably|probs=probably|prolly=probably|
        proly=probably|qotd=question of the day|r=are|rlly=really|rly=really|rn=right now|rofl=laughing out loud|
        roflmao=laughing out loud|rotfl=laughing out loud|rt=retweet|rts=retweets|sayin=saying|shld=should|
        shoulda=should have|shouldnt=shouldn't|sis=sister|sm1=someone|smh=shaking my head|smth=something|
        smthng=something|somethin=something|srsly=seriously|sry=sorry|str8=straight|sup=what's up|sux=sucks|
        talkin=talking|tbf=to be fair|tbh=to be honest|tbt=Throwback Thursday|tfw=that feeling when|
        tgif=thank God it's Friday|thats=that's|theyre=they're|theyve=they've|thinkin=thinking|thnks=thanks|
        thnx=thanks|tho=though|thx=thanks|thxx=thanks|tldr=too long, didn't read|tmi=too much information|
        tmr=tomorrow|tmrw=tomorrow|tmw=tomorrow|tnx=thanks|tomo=tomorrow|tonite=tonight|totes=totally|
        tryin=trying|ttyl=talk to you later|ttys=talk to you soon|tx=thanks|txt=text|ty=thank you|
        tysm=thank you so much|tyvm=thank you very much|u=you|ull=you'll|ur=your|urs=yours|urself=yourself|
        uve=you've|vid=video|vids=videos|w8=wait|wanna=want to|wasnt=wasn't|wassup=what's up|wat=what|
        watchin=watching|wbu=what about you|wcw=woman crush Wednesday|werent=weren't|whaddup=what's up|
        whatcha=what are you|whats=what's|wheres=where's|whos=who's|wht=what|whyd=why did|wif=with|wkend=weekend|
        wknd=weekend|wml=wish me luck|wont=won't|workin=working|woulda=would have|wouldnt=wouldn't|wrk=work|
        wtf=what on earth|wtg=way to go|wth=what on earth|wtvr=whatever|wud=would|wuld=would|
        wyd=what are you doing|xmas=Christmas|xoxo=hugs and kisses|y'all=you all|ya=you|yall=you all|yeah=yes|
        yep=yes|ygm=you've got mail|yh=yes|yolo=you only live once|youre=you're|youve=you've|yr=year|yrs=years|
        ysk=you should know|yup=yes|yw=you're welcome|
        """
}
