import LabDomain

extension PlatformLimits {
    /// The table that is shipped. Platforms change their rules: compare before a live campaign.
    public static let shipped = PlatformLimits(
        limits: [
            limit(.x, .headline, 70, .scalars, .refused, "X Ads: website card title"),
            limit(.x, .body, 280, .weightedX, .refused, "github.com/twitter/twitter-text config/v3.json"),
            limit(.x, .callToAction, 25, .graphemes, .own, "button labels of cards are short"),
            limit(.facebook, .headline, 40, .utf16, .truncated, "Meta Ads Guide: image, feed; 27 on small screens"),
            limit(.facebook, .body, 125, .utf16, .truncated, "Meta Ads Guide: primary text"),
            limit(.facebook, .callToAction, 25, .graphemes, .own, "Meta: choice of buttons"),
            limit(.instagram, .headline, 40, .utf16, .truncated, "Meta Ads Guide: image, feed"),
            limit(.instagram, .body, 125, .utf16, .truncated, "Meta Ads Guide: primary text; 2,200 at most"),
            limit(.instagram, .callToAction, 25, .graphemes, .own, "Meta: choice of buttons"),
            limit(.linkedin, .headline, 70, .utf16, .truncated, "LinkedIn help a426534: single image ads; 200 at most"),
            limit(.linkedin, .body, 150, .utf16, .truncated, "LinkedIn help a426534: introductory text"),
            limit(.linkedin, .callToAction, 25, .graphemes, .own, "LinkedIn: choice of buttons"),
            limit(.tiktok, .headline, 40, .doubleWidth, .refused, "TikTok Business Help: display name"),
            limit(.tiktok, .body, 100, .doubleWidth, .refused, "TikTok Business Help: ad text"),
            limit(.tiktok, .callToAction, 25, .graphemes, .own, "TikTok: choice of buttons"),
            limit(.google, .headline, 30, .doubleWidth, .refused, "support.google.com/google-ads/answer/17090561"),
            limit(.google, .body, 90, .doubleWidth, .refused, "support.google.com/google-ads/answer/17090561"),
            limit(.google, .callToAction, 25, .graphemes, .own, "Google chooses the button of search ads"),
            limit(.email, .headline, 60, .graphemes, .own, "subject lines are cut at about 60 in common mail programs"),
            limit(.email, .body, 600, .graphemes, .own, "a short paragraph"),
            limit(.email, .callToAction, 25, .graphemes, .own, "one button"),
        ],
        buttonLabels: [
            "facebook": ["Learn more", "Shop now", "Get offer", "Order now", "Subscribe", "Contact us"],
            "instagram": ["Learn more", "Shop now", "Get offer", "Order now", "Subscribe", "Contact us"],
            "linkedin": ["Learn more", "Sign up", "Subscribe", "Register", "Download"],
            "tiktok": ["Learn more", "Shop now", "Order now", "Subscribe", "Contact us"],
        ])

    private static func limit(
        _ platform: Platform, _ part: CopyPart, _ maximum: Int, _ unit: TextUnit, _ strength: PlatformLimit.Strength,
        _ source: String
    ) -> PlatformLimit {
        PlatformLimit(
            platform: platform, part: part, maximum: maximum, unit: unit, strength: strength, source: source,
            asOf: "2026-11-22")
    }
}
