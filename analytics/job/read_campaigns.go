package job

import (
	"strconv"

	"clientele/internal/calendar"
	"clientele/segment/campaign"
)

// The defaults of a campaign. A fifth of those who enter are not contacted, and a fifth of a
// budget goes to customers drawn by lot: without either nothing can be learned of what
// contacts bring. The priority leaves room before it and behind.
const (
	defaultControl  = 0.2
	defaultExplore  = 0.2
	defaultPriority = 100
)

// readCampaigns reads what is offered to whom.
func readCampaigns(s *section) (out []Campaign) {
	items, _ := s.items("campaigns", "a list of campaigns, each with name, audience, channels, starts and ends")
	first := map[string]int{}
	for i, item := range items {
		in := newSection(s.reader, join(s.key("campaigns"), strconv.Itoa(i)), item, item.at, "a campaign; want a mapping with name, audience, channels, starts and ends")
		c := readCampaign(in)
		if before, taken := first[c.Name]; taken && c.Name != "" {
			in.fail("name", "a campaign named %s stands before (%s.%d); names are unique", quoted(c.Name), s.key("campaigns"), before)
		} else {
			first[c.Name] = i
		}
		out = append(out, c)
	}
	return out
}

func readCampaign(s *section) Campaign {
	out := Campaign{Control: defaultControl, Priority: defaultPriority}
	readCampaignName(s, &out.Name)
	s.required("audience", "a SQL condition over the columns of customers, such as stage = 'decline'", &out.Audience)
	out.Channels = readChannels(s)
	s.text("offer", &out.Offer)
	started := s.date("starts", "the first day on which customers enter", &out.Starts)
	ended := s.date("ends", "the day on which the effect is read", &out.Ends)
	if started && ended && out.Ends <= out.Starts {
		s.fail("ends", "%s is not after starts, %s; customers enter from starts on, up to the day before ends",
			calendar.Format(calendar.Day(out.Ends)), calendar.Format(calendar.Day(out.Starts)))
	}
	s.number("control", &out.Control, atLeast(0).below(1))
	readCampaignMoney(s, &out)
	s.whole("priority", &out.Priority, atLeast(1).atMost(most))
	s.done()
	return out
}

// readCampaignName reads the name, which stands in lists, in reports and in what engines
// are sent.
func readCampaignName(s *section, into *string) {
	const longest = 100 // bytes, as for the name of a job
	s.required("name", "a name for the campaign", into)
	switch {
	case *into == "":
	case *into == campaign.HoldoutName:
		s.fail("name", "%s is what the share of customers is called whom nobody contacts; choose another name", quoted(*into))
	case len(*into) > longest:
		s.fail("name", "%s is too long; want at most %d bytes", quoted(*into), longest)
	case !folderName.MatchString(*into):
		s.fail("name", "%s is not a name for a campaign; want letters, digits, . _ and -, not beginning with a dot%s", quoted(*into), writeName(*into))
	}
}

// readChannels reads by which channels a campaign contacts, in the order in which they are
// tried.
func readChannels(s *section) []string {
	const wanted = "a list of names of channels, such as [email, phone]"
	if s.value("channels") == nil {
		s.missing("channels", wanted)
		return nil
	}
	names, _ := readDistinct(s, "channels", "channel", wanted)
	for i, item := range s.value("channels").items {
		if item.kind == scalar && item.text != "" && !channelName.MatchString(item.text) {
			s.report(item.at, join(s.key("channels"), strconv.Itoa(i)), "%s is not a name for a channel; %s", quoted(item.text), wantedChannel)
		}
	}
	return names
}

// readCampaignMoney reads what a contact costs, and how much money there is.
func readCampaignMoney(s *section, into *Campaign) {
	s.number("cost", &into.Cost, atLeast(0).atMost(mostBudget))
	s.number("budget", &into.Budget, positive().atMost(mostBudget))
	switch {
	case s.value("budget") != nil:
		into.Explore = defaultExplore
		s.number("explore", &into.Explore, atLeast(0).atMost(1))
		if into.Cost == 0 {
			s.fail("budget", "a budget needs to know what a contact costs; give cost, above 0")
		}
	case s.value("explore") != nil:
		s.fail("explore", "explore is a share of a budget; give one, or remove it")
	}
}
