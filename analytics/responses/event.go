package responses

import (
	"strings"
	"unicode"

	"clientele/analytics/publication"
)

// words are what engines call events, by event: in small letters and without what stands
// between words, so that "email.opened", "Email Opened" and EMAIL_OPENED are one. Where an
// engine says what the message was ("email.", "sms_"), eventOf takes that off.
//
// Sources: the webhooks and exports of Mailchimp, Klaviyo, Braze, Brevo, SendGrid, Mailgun,
// Postmark, Amazon SES, Twilio, Customer.io and 有赞, as their public manuals list them.
var words = map[publication.Event][]string{
	publication.Sent: {
		"sent", "send", "sends", "processed", "dispatched", "queued", "accepted", "request", "requests",
		"已发送", "发送", "发送成功",
	},
	publication.Delivered: {"delivered", "delivery", "deliver", "deliveries", "received", "已送达", "送达"},
	publication.Opened: {
		"opened", "open", "opens", "uniqueopened", "uniqueopen", "firstopening", "firstopen", "proxyopen", "read", "viewed", "view", "machineopen",
		"已打开", "打开", "已读", "阅读",
	},
	publication.Clicked: {"clicked", "click", "clicks", "uniqueclick", "linkclicked", "clickedlink", "linkclick", "已点击", "点击"},
	publication.Redeemed: {
		"redeemed", "redeem", "redemption", "couponredeemed", "couponused", "redemptionsucceeded", "voucherredeemed", "codeused", "used", "已核销", "核销", "已使用",
	},
	publication.Bought: {
		"bought", "buy", "purchase", "purchased", "ordered", "order", "placedorder", "orderplaced", "converted", "conversion", "已购买", "购买", "已下单", "下单",
	},
	publication.Unsubscribed: {
		"unsubscribed", "unsubscribe", "unsubscribes", "unsub", "groupunsubscribe", "listunsubscribe", "optout", "optedout", "stop",
		"unsubscribedfromlist", "unsubscribedfromemail", "unsubscribedfromemailmarketing", "unsubscribedfromsmsmarketing", "globalunsubscribe",
		"退订", "已退订", "取消订阅",
	},
	publication.Complained: {
		"complained", "complaint", "complaints", "complain", "spam", "spamreport", "spamcomplaint", "spamcomplaints", "markedasspam", "markedemailasspam", "abuse", "abusereport", "reportedspam",
		"投诉", "举报",
	},
}

// others are events of the engines that say nothing of what is asked here.
var others = []string{
	"bounced", "bounce", "bounces", "hardbounce", "hardbounces", "softbounce", "softbounces", "bouncedemail", "deferred", "deferral", "dropped", "dropping", "drop", "droppedemail",
	"failed", "failure", "fail", "undelivered", "rejected", "reject", "blocked", "block", "invalid", "invalidemail", "error", "skipped", "abort",
	"subscribed", "subscribe", "subscribedtolist", "subscribedtoemailmarketing", "resubscribe", "resubscribed", "groupresubscribe", "updatedprofile",
	"退信", "发送失败", "失败", "订阅", "已订阅",
}

// channels are what stands before the event where an engine says what the message was.
var channels = []string{"email", "sms", "push", "messages", "message", "mail", "whatsapp", "campaign", "customer", "users"}

var byWord = func() map[string]publication.Event {
	all := map[string]publication.Event{}
	for event, list := range words {
		for _, word := range list {
			all[word] = event
		}
	}
	for _, word := range others {
		all[word] = other
	}
	return all
}()

// eventOf is the event of a word, or other; known is false of a word that no table knows.
func eventOf(word string) (event publication.Event, known bool) {
	word = strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, word)
	for again := true; again; {
		if event, known := byWord[word]; known {
			return event, true
		}
		again = false
		for _, channel := range channels {
			if rest, cut := strings.CutPrefix(word, channel); cut && rest != "" {
				word, again = rest, true
				break
			}
			if rest, cut := strings.CutSuffix(word, channel); cut && rest != "" {
				word, again = rest, true
				break
			}
		}
	}
	return "", false
}

// other is an event of which nothing is kept.
const other publication.Event = ""

// binds tells whether an event forbids all contacts from then on.
func binds(e publication.Event) bool {
	return e == publication.Unsubscribed || e == publication.Complained
}
