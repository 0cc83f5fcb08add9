/// The commonest words of languages that share a script with others: articles, pronouns, conjunctions, forms of *to be*.
///
/// Written for this project, for what posts say rather than for what books say. A short post in which the n-gram model
/// sees two neighbours mostly contains a few of them.
enum FunctionWords {
    /// The words by ISO 639-1 code.
    static let byLanguage: [String: Set<String>] = {
        var words: [String: Set<String>] = [:]
        var language = ""
        for word in table.split(whereSeparator: \.isWhitespace) {
            if word.hasSuffix(":") {
                language = String(word.dropLast())
            } else {
                words[language, default: []].insert(String(word))
            }
        }
        return words
    }()

    private static let table = """
        az: və bir bu da də ki üçün ilə var mən sən biz siz o onlar nə necə çox daha olan olub olur idi edir
            deyil hər hamı mənim sənin onun bizim burada indi sonra kimi qədər yox hə amma ancaq lazım yaxşı gün
            artıq öz heç isə üzrə bütün azərbaycan edən oldu olsun niyə haqqında
        ca: i el la els les un una de del dels que no és en amb per a al als va han ha he hem has són ser està
            estic molt més tot tots però perquè quan com això aquest aquesta aquests aquí avui ara també bé bon
            gràcies sense meu meva teu teva seu seva nosaltres vosaltres em et ens us ho hi jo tu ell ella fer
            fet dia cap només sempre mai millor després abans doncs gent vull pot tinc té
        cs: a že je se na v to s z jsem jsi jsme jste jsou byl byla bylo být do si ale jak co tak ten ta tím pro
            po už mi mě mně tě ti mu ho by bych když jen nebo kdo kde proč protože mám máš má máme není nejsem
            ještě také taky může můžu chci dnes dobře dobrý moc jako před pokud který která které díky těch
            všechno tady teď
        da: og i at det er en et den til på med for af jeg du han hun vi de der som ikke har var kan skal vil så
            men om fra ved mig dig sig os dem min din sin mit dit sit mine dine vores hvad hvor hvorfor hvornår
            hvis når nu også meget mere ud op ind efter være blev bliver været have havde kunne skulle ville
            noget nogen alle her tak godt hvordan lige bare selv ham hende eller jo aldrig altid sgu dag
        de: und der die das den dem des ein eine einen einem einer ist sind war waren bin bist nicht ich du er
            sie es wir ihr mich mir dich dir uns euch sich mit auf für von zu zum zur im in an am bei nach aus
            um über als auch aber oder wenn dann noch nur schon so wie was wer wo warum weil dass kein keine
            mein dein sein ihre haben hat habe hast wird werden kann können muss mal immer mehr sehr heute jetzt
            alles hier doch ja nein gut einfach
        en: the and to of a in is it you that for on with i my me was are be this have at not but so we they he
            she his her just all what your do if or from like up out can will no about get when how im its dont
            cant there their them been one would who more than some as an by now why know good really time today
            people got has had am these
        es: el la los las un una de del que y en a no es por con para se lo le me te mi tu su al como más pero
            si ya está estoy muy todo todos hay porque cuando qué yo él ella nos esto este esta eso ese esa son
            ser fue ha he hace hoy bien también sin sobre así nada aquí ahora siempre nunca vida gracias mejor
            donde quien tengo tiene hasta sólo solo día mucho desde bueno vamos
        et: ja on ei et see ma sa ta me te nad kui ka aga mis kes oli olen oled oleme olete olla nii siis ning
            või mu su minu sinu tema meie teie oma seda selle seal siin nüüd veel juba küll väga palju midagi
            kõik ühe üks pole ära välja peale pärast enne kas kus miks sest nagu hea täna eile homme mul sul tal
            mind sind mida kuidas läks tuleb saab võib ainult ikka
        eu: eta da ez bat du dut dute dira zen dugu baina ere hau hori egin den dago naiz zara gara zuen izan
            oso bai gaur nire zure gure bere dela duen edo beste hemen orain guztiak asko gehiago bezala arte
            baino zer nola non egun eskerrik zuek nik zuk ni zu gu euskal herria daude behar ditu dituzte dit
            ondo egunon
        fi: ja on ei se että oli olen olet ole ovat en et hän me te ne mutta kun niin kuin myös tai jos nyt vain
            mitä mikä missä miksi minä sinä mun sun mä sä oon oo tämä tää tuo sen sitä tässä siellä vielä jo
            aika ihan kyllä hyvä kaikki joka jotka minun sinun hänen olla ollut voi pitää sitten paljon enää
            aina tänään huomenna eilen kiitos taas koska kanssa
        fr: le la les un une des de du et est en que qui ne pas je tu il elle on nous vous ils ce cette ces ça
            c'est j'ai pour dans sur avec au aux mais plus tout tous mon ma mes ton ta tes son sa ses se me te
            si ou où quand comme comment pourquoi fait faire être avoir été suis es sont ai as ont était très
            bien trop rien jamais toujours aussi moi toi lui leur même encore faut vais va là aujourd'hui quoi
            parce sans merci d'un l'on qu'il n'est
        hr: i je da se na u ne što to za sam si smo ste su od s sa a ali kako ko tko ovo nije ja ti on ona mi vi
            oni me te ga mu joj ih li bi biti bio bila kad kada samo još već danas sve svi ima imam nema nisam
            može mogu treba gdje zašto jer ili kao po iz do nakon prije dobro netko nešto uvijek tjedan hvala
            lijepo vrijeme dvije htio ovdje sutra mora bih baš
        hu: a az és hogy nem is egy ez van volt ha de csak meg már mint még én te ő mi ti ők nekem neked neki
            azt ezt ami aki amit most mert vagy vagyok lesz lehet kell sem majd itt ott igen jó olyan minden el
            ki fel be le nagyon több után alatt sok ember ma tegnap holnap miért hol mit hogyan köszönöm tudom
            lenne volna vannak nincs azért akkor
        id: yang dan di ini itu aku saya kamu dia kita kami mereka tidak nggak gak ga enggak ada dengan untuk pada dari ke
            akan sudah udah juga lagi kalau kalo tapi apa siapa mana kenapa buat orang hari sangat banget bisa bukan
            jangan semua satu lah kan mau karena gue lu aja sama belum masih harus kok sih dong deh yg ya nya saja jadi
            banyak
        is: og að í á er það ég þú hann hún við þið þeir en um til með ekki sem var eru hef hefur fyrir af frá
            mér þér sér mig þig sig minn mín þetta þessi þessu svo bara eða ef þegar hvað hvar hver hvernig líka
            verið vera eins nú núna allt alla eitthvað mjög meira gott góðan daginn takk gera kemur fara fór upp
            út inn eftir þá þar hér já nei maður
        it: il lo la i gli le un una uno di del della dei delle che e è in a al alla non per con su da dal si mi
            ti ci vi ne ma se come più ho hai ha abbiamo hanno sono sei siamo io tu lui lei noi voi loro mio mia
            tuo sua questo questa quello anche perché quando chi cosa dove bene molto tutto tutti solo sempre
            mai oggi ora adesso poi fare essere stato così troppo proprio già nel nella sul grazie ancora
            buongiorno niente quanto fatto c'è dell' l'ho
        ku: û ku di de ji bo li ez tu em hûn ew ev jî me min te xwe na ne dikin dike bi ye bû heye nîne çi çawa
            kî kengî gelek niha îro roj hemû yên yê ya wan wî wê dibe kir kurd kurdî kurdistan سوپاس
        lt: ir yra kad ne į iš su o tai aš tu jis ji mes jūs jie bet ar kaip dar jau tik kas apie nuo iki už per
            po man tau jam mano tavo savo jo jos labai gerai buvo bus būti nėra kai jei ką kur kodėl nes čia
            dabar šiandien šis ši tas ta arba viskas daug prie pas turi reikia gali ačiū metų visi tiesiog
        lv: un ir ka ar no uz es tu viņš viņa mēs jūs viņi bet kā tas tā nav par pie lai vai jau vēl tikai man
            tev kas ko kad ja arī tagad šodien ļoti labi bija būs esmu esi būt mans mana tavs savu kur kāpēc jo
            pēc pa līdz visi viss nekas daudz vairāk cik šis šī te tur paldies laiks manu tam
        ms: yang dan di ini itu aku saya kau awak dia kita kami mereka tak tidak nak ada dengan untuk pada dari
            ke akan sudah dah juga lagi kalau macam tapi apa siapa mana kenapa bila buat orang hari sangat boleh
            bukan jangan semua satu lah kan je la pun tu ni pergi mak kat sini sana baru lepas kata banyak masih
            sebab jadi bagi oleh telah dalam esok semalam gue lu gak ga nggak udah aja bisa banget kalo
        nl: de het een en van ik je is dat niet in op te met voor die zijn er maar aan ook om als dan nog wel
            was naar bij of wat wij we jij hij zij ze mijn jouw haar ons hun mij jou hem dit deze daar hier waar
            wie hoe waarom omdat want heb heeft hebben had bent ben ga gaat moet kan kunnen wil goed veel meer
            alleen altijd nooit vandaag morgen nu al geen even lekker echt zo uit over door weer iets niets
        no: og i å at det er en et ei den til på med for av jeg du han hun vi de der som ikke har var kan skal
            vil så men om fra ved meg deg seg oss dem min din sin mitt ditt sitt mine hva hvor hvorfor når hvis
            nå også mye mer ut opp inn etter være ble blir vært hadde kunne skulle ville noe noen alle her takk
            bra hvordan bare selv henne eller jo aldri alltid litt dag blitt gjøre går får veldig sånn
        pl: i w na z że nie się to jest do jak o co ale za po tak od dla mnie ja ty on ona my wy oni ci mi go mu
            ich ma mam masz są był była było być już tylko jeszcze czy kiedy gdzie dlaczego bo więc też tego tej
            tym ten ta te kto nic coś wszystko bardzo dobrze dziś dzisiaj teraz może można trzeba dzień przez
            przed bez sobie albo jestem jesteś lub który która które nawet
        pt: o a os as um uma de do da dos das que e é em no na nos nas não por com para pra se eu tu você ele
            ela nós eles me te lhe meu minha teu sua seu mas mais muito tudo todos como quando porque quem onde
            isso isto este esta esse essa foi ser está estou estão tem tenho ter vai vou hoje agora já só sem
            também bem então até nunca sempre dia gente ainda fazer tá pelo pela ao à aqui melhor obrigado
        ro: și si în in de la cu nu pe ce că sa să este e un o mai din care pentru am ai a au sunt ești era fi
            eu tu el ea noi voi ei mi ți se îmi mă te îl ne vă dar dacă când cum unde cine tot toate foarte bine
            acum azi doar fost face asta ăsta acest această mult după până fără sau nici decât atât deci lui lor
            meu mea tău prea iar
        sk: a že je sa na v to s z som si sme ste sú bol bola bolo byť do ale ako čo tak ten tá pre po už mi ma
            mňa ťa ti mu ho by keď len alebo kto kde prečo lebo mám máš má máme nie ešte aj môže môžem chcem
            dnes dobre dobrý veľmi pred ktorý ktorá ktoré ďakujem všetko tu teraz iba bude budem tento toto ani
        sl: in je da se na v ne to za sem si smo ste so od s z a ali ampak kako kdo kaj kar ni jaz ti on ona mi
            vi oni me te ga mu jo jih bi biti bil bila ko kdaj samo še že danes vse vsi ima imam nima nisem
            lahko treba kje zakaj ker kot po iz do pri dobro nekdo nekaj vedno hvala lep dan zdaj tudi pa tako
            bo bom tega jutri več kateri ter zelo
        sq: dhe në të e i një për me nga është janë ka kam kemi ke nuk s'ka që si po jo unë ti ai ajo ne ju ata
            më te tek por kur ku pse çfarë çka kush ky kjo këtë shumë mirë tani sot vetëm edhe nëse ose pa deri
            mbi nën pas para çdo gjithë im ime ynë jam je ishte kishte do duhet mund bën s'është sa jetë ditë
            faleminderit
        sr: i je da se na u ne šta to za sam si smo ste su od s sa a ali kako ko ovo nije ja ti on ona mi vi oni
            me te ga mu joj ih li bi biti bio bila kad kada samo još već danas sve svi ima imam nema nisam može
            mogu treba gde zašto jer ili kao po iz do posle pre dobro neko nešto uvek nedelja hvala lepo vreme
            dve ovde sutra mora bih baš и је да се на у не шта то за сам си смо сте су од са а али како ко ово
            није ја ти он она ми ви они ме те га му их ли би бити био била кад када само још већ данас све сви
            има имам нема нисам може могу треба где зашто јер или као по из до после пре добро неко нешто увек
            хвала лепо време овде сутра бих баш који која
        sv: och i att det är en ett den till på med för av jag du han hon vi ni de som inte har var kan ska vill
            så men om från vid mig dig sig oss dem min din sin mitt ditt sitt mina vad varför när hur nu också
            mycket mer ut upp in efter vara blev blir varit hade kunde skulle ville något någon alla här tack
            bra bara själv henne eller aldrig alltid lite dag gör går får där sen inget ingen ju
        tl: ang ng mga sa na ay ako ikaw siya tayo kami kayo sila ko mo niya natin namin ninyo nila ito iyan
            iyon dito diyan doon hindi wala may meron at o pero kung kapag kasi dahil para lang din rin naman pa
            ba po nga yung yun yan ka si ni kay nang pala talaga lahat sana mahal gusto ayaw bakit ano sino saan
            kailan paano ngayon bukas kahapon araw muna sobra parang nasa daw raw akong kong mong wag huwag
            ganda salamat
        tr: ve bir bu da de için ile var yok ben sen biz siz o onlar ne nasıl çok daha olan olarak oldu olur
            değil her mi mı mu mü ama gibi kadar sonra şimdi bugün ya ki en şey beni bana sana onu benim senin
            bizim neden niye diye hiç artık iyi güzel olsun ediyor oluyor ise veya hep zaten işte böyle şu evet
            hayır olacak bile kim hangi
        vi: và là của có không tôi bạn anh em mình một cho với được này đó những các trong khi như đã đang sẽ ra
            vào lại thì mà người ở đi cũng nhưng nếu vì rất nhiều gì ai sao nào đến từ về làm biết nói yêu chỉ
            còn nữa hay hơn rồi thôi nhé nha ngày hôm nay
        yo: ni ti o mi wa won awon àwọn ati àti fun fún si sí ko kò ṣe se lati láti bi bí pe pé naa náà yi yìí
            wọn ó ń ọ̀rọ̀ ojo ọjọ́ olorun ọlọ́run eniyan ènìyàn omo ọmọ ile ilé ki kí ninu nínú gbogbo kan mo ẹ
            ọ nkan tí ní emi iwo oun awa eyin ohun ba bá ri rí wá lọ lo fi fẹ́ jẹ je yoruba ede sugbon ṣùgbọ́n
            tabi pelu pẹ̀lú kini oni òní dara
        be: і у не на што я ты ён яна мы вы яны як гэта гэты з да за але калі для ад па так мне цябе мяне быў
            была было ёсць няма толькі яшчэ ўжо ўсё ўсе вельмі дзе чаму каб або тут там цяпер сёння беларусі
            беларусь пра праз таму хто можа трэба
        bg: и в на не да се за от с по е са си ми ти го ме те му ѝ им ни ви че как какво това тази този тези аз
            той тя ние вие беше бил била има няма съм сме сте ще като само още вече днес утре вчера добре много
            всичко всички къде защо кога кой която който или ако но а до при към без със във трябва може искам
            благодаря малко сега тук там нещо някой
        ru: и в не на что я ты он она мы вы они с как это но по к у за от из о а то все так его её их же бы
            только ещё еще уже мне меня тебя тебе есть был была было быть нет да если когда где почему потому
            или для чтобы очень сегодня сейчас теперь тут там кто этот эта эти до при без надо можно хочу
            спасибо просто даже вот тоже себя будет мой моя
        uk: і в у не на що я ти він вона ми ви вони з як це але по до за від та то все так його її їх же би б
            тільки ще вже мені мене тебе тобі є був була було бути немає ні якщо коли де чому тому або для щоб
            дуже сьогодні зараз тепер тут там хто цей ця ці при без треба можна хочу дякую просто навіть ось
            також себе буде мій моя про
        ar: في من على إلى الى أن ان لا ما هو هي هذا هذه ذلك التي الذي الله يا و كل عن مع أنا انا أنت انت كان
            كانت لم لن قد ثم أو او بعد قبل عند بين غير حتى اللهم إذا اذا ليس هناك اللي مو مش ايه ليه عشان بس شي
            والله كم كيف اي
        fa: و در به از که این را با است برای آن یک هم من تو او ما شما آنها می نمی بود شد شده کرد کنم کن کند هست
            نیست اما اگر چه چی چرا کجا وقتی هر همه دیگه دیگر خیلی خوب بعد تا یا بر خود روی رو باید شود دارد دارم
            نه الان امروز هیچ فقط مثل های ها اینکه
        ur: کے کی کا میں ہے ہیں سے کو پر اور نے یہ وہ نہیں بھی تو کہ جو ہی تھا تھی تھے ہو گیا کر کیا ایک ہم تم
            آپ مجھے اس ان کوئی کچھ اب جب تک لیے ساتھ بہت سب پاکستان رہا رہے رہی ہوتا ہوتی گئی دیا کیوں کیسے اپنے
            اپنی ہوں
        hi: के की का में है हैं से को पर और ने यह वह नहीं भी तो कि जो ही था थी थे हो गया कर क्या एक हम तुम आप
            मैं मुझे इस उस कोई कुछ अब जब तक लिए साथ बहुत सब भारत रहा रहे रही होता होती गई दिया क्यों कैसे अपने
            अपनी हूं हूँ ये वो मेरे मेरी जी
        mr: आहे आणि आहेत नाही या हा ही हे ते तो ती मी तू आम्ही तुम्ही त्या त्यांनी त्याने आपण काय कसे पण च ला ने
            साठी होते होता होती झाले झाली केले केला करून असे असा मध्ये मला तुला आपल्या माझ्या माझे खूप एक सर्व
            आज कोण का कधी जर तर म्हणून म्हणजे येथे महाराष्ट्र आता सुद्धा
        """
}
