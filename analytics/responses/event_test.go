package responses

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
)

// What engines write, as their manuals show it.
func TestWordsOfEngines(t *testing.T) {
	for word, want := range map[string]publication.Event{
		"email.sent": publication.Sent, "Sent": publication.Sent, "SEND": publication.Sent, "users.messages.email.Send": publication.Sent, "processed": publication.Sent,
		"Received Email": publication.Delivered, "email_delivered": publication.Delivered, "users.messages.email.Delivery": publication.Delivered,
		"Opened Email": publication.Opened, "unique_opened": publication.Opened, "email.opened": publication.Opened, "Message Opened": publication.Opened,
		"Clicked Email": publication.Clicked, "sms.clicked": publication.Clicked, "click": publication.Clicked,
		"redemption.succeeded": publication.Redeemed, "Coupon Used": publication.Redeemed, "已核销": publication.Redeemed,
		"Placed Order": publication.Bought, "conversion": publication.Bought,
		"unsubscribe": publication.Unsubscribed, "customer_unsubscribed": publication.Unsubscribed, "group_unsubscribe": publication.Unsubscribed, "STOP": publication.Unsubscribed,
		"Unsubscribed from List": publication.Unsubscribed, "opt-out": publication.Unsubscribed, "users.messages.email.Unsubscribe": publication.Unsubscribed, "退订": publication.Unsubscribed,
		"spamreport": publication.Complained, "Marked Email as Spam": publication.Complained, "spam_complaint": publication.Complained, "email.complained": publication.Complained, "Complaint": publication.Complained,
		"email.bounced": other, "hard_bounce": other, "Dropped Email": other, "Subscribed to List": other,
	} {
		got, known := eventOf(word)
		require.True(t, known, word)
		require.Equal(t, want, got, word)
	}
	for _, word := range []string{"", " ", "telepathy", "email", "sms", "unsubscribe me not", "sent back", "notopened"} {
		_, known := eventOf(word)
		require.False(t, known, word)
	}
}

// A word is of one event.
func TestWordsAreOfOneEvent(t *testing.T) {
	seen := map[string]publication.Event{}
	for event, list := range words {
		for _, word := range list {
			before, twice := seen[word]
			require.False(t, twice, "%s is %s and %s", word, before, event)
			seen[word] = event
		}
	}
	for _, word := range others {
		require.NotContains(t, seen, word)
	}
}
