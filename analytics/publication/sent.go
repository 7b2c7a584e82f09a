package publication

import (
	"slices"
	"strings"

	"clientele/segment/campaign"
)

// Names are the names of campaigns or channels by how people spell them: in small or capital
// letters, with spaces around.
type Names map[string]string

// NamesOf are names by their spellings.
func NamesOf(names []string) Names {
	all := Names{}
	for _, name := range names {
		all[Fold(name)] = name
	}
	return all
}

// Fold is a name without what people vary.
func Fold(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// SentContacts are the contacts that were made, of all times, each once, in order of day,
// customer, channel and campaign. What no customer of tonight was sent is left out; what was
// sent of no campaign that is known has none.
func SentContacts(all []Response, campaigns, channels Names) []campaign.Contact {
	var sent []campaign.Contact
	for _, r := range all {
		if r.Event != Sent || r.Customer == "" {
			continue
		}
		channel, known := channels[Fold(r.Channel)]
		if !known {
			channel = Fold(r.Channel)
		}
		sent = append(sent, campaign.Contact{Customer: r.Customer, Campaign: campaigns[Fold(r.Campaign)], Channel: channel, Day: r.Day()})
	}
	slices.SortFunc(sent, CompareContacts)
	return slices.Compact(sent)
}
