package activation

import (
	"slices"

	"github.com/apache/arrow-go/v18/arrow"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/segment/campaign"
)

// contactLists are the lists of tonight, one for each channel that the job has: an empty one
// says that there is nobody to contact, which no list does not.
func contactLists(a *job.Activation, plan campaign.Plan, tell teller) []List {
	offers := map[string]string{}
	for _, c := range a.Campaigns {
		offers[c.Name] = c.Offer
	}
	byChannel := map[string][]campaign.Listed{}
	for _, l := range plan.Contacts {
		byChannel[l.Channel] = append(byChannel[l.Channel], l)
	}
	var lists []List
	for _, channel := range channelsOf(a) {
		lists = append(lists, List{column.Contacts.Of(channel), contactColumns(byChannel[channel], offers, tell)})
	}
	return lists
}

// channelsOf are the channels of the job's campaigns, in order of their names.
func channelsOf(a *job.Activation) (channels []string) {
	for _, c := range a.Campaigns {
		channels = append(channels, c.Channels...)
	}
	slices.Sort(channels)
	return slices.Compact(channels)
}

func contactColumns(rows []campaign.Listed, offers map[string]string, tell teller) []publish.Col {
	return []publish.Col{
		publish.ColOf(column.CustomerID.Name, rows, func(l campaign.Listed) string { return l.Customer }),
		publish.ColOf("campaign", rows, func(l campaign.Listed) string { return l.Campaign }),
		publish.ColOf("channel", rows, func(l campaign.Listed) string { return l.Channel }),
		publish.ColOf("offer", rows, func(l campaign.Listed) string { return offers[l.Campaign] }),
		publish.ColOf("from", rows, func(l campaign.Listed) arrow.Date32 { return arrow.Date32(l.Day) }),
		publish.ColOf("until", rows, func(l campaign.Listed) arrow.Date32 { return arrow.Date32(l.Until) }),
		publish.ColOf("reason", rows, func(l campaign.Listed) string { return tell.reason(l, offers[l.Campaign]) }),
	}
}

// holdoutList has whom nobody contacts. What was drawn is remembered where the job has no
// holdout tonight, but it holds nobody back.
func holdoutList(rule *job.Holdout, m campaign.Memory) List {
	var held []campaign.Assignment
	for _, a := range m.Assignments {
		if rule != nil && a.Campaign == campaign.HoldoutName && a.Arm == campaign.Control {
			held = append(held, a)
		}
	}
	return List{column.HoldoutList.File, []publish.Col{
		publish.ColOf(column.CustomerID.Name, held, func(a campaign.Assignment) string { return a.Customer }),
		publish.ColOf("experiment", held, func(a campaign.Assignment) string { return a.Campaign }),
		publish.ColOf("since", held, func(a campaign.Assignment) arrow.Date32 { return arrow.Date32(a.Since) }),
	}}
}

// suppressedList counts who is left out.
func suppressedList(plan campaign.Plan) List {
	rows := plan.Suppressed
	return List{column.Suppressed.File, []publish.Col{
		publish.ColOf("campaign", rows, func(s campaign.Suppressed) string { return s.Campaign }),
		publish.ColOf("reason", rows, func(s campaign.Suppressed) string { return string(s.Reason) }),
		publish.ColOf("customers", rows, func(s campaign.Suppressed) int64 { return s.Customers }),
	}}
}

// liftList has what campaigns brought.
func liftList(rows []Lift) List { return List{column.Lift.File, LiftColumns(rows)} }

// channelCounts are the contacts of tonight by channel.
func channelCounts(a *job.Activation, plan campaign.Plan) (counts []publication.ChannelCount) {
	for _, channel := range channelsOf(a) {
		of := publication.ChannelCount{Channel: channel}
		for _, l := range plan.Contacts {
			if l.Channel == channel {
				of.Contacts++
			}
		}
		counts = append(counts, of)
	}
	return counts
}
