package job

import (
	"maps"
	"regexp"
	"slices"
	"strconv"

	"clientele/internal/calendar"
)

// activationKey is where the job file says whom the shop contacts.
const activationKey = "activation"

// readActivation reads whom the shop contacts; nil is off.
func readActivation(root *section, j *Job) *Activation {
	v := root.value(activationKey)
	if v == nil || v.isOff() {
		return nil
	}
	s, _ := root.optionalSection(activationKey)
	out := &Activation{Seed: j.Name, places: map[string]Position{}}
	s.node.places("", out.places)
	s.text("seed", &out.Seed)
	out.Caps = readCaps(s)
	out.Holdout = readHoldout(s)
	s.text("exclude", &out.Exclude)
	refuseURL(s, "exclude", out.Exclude)
	out.Reach = readReach(s)
	out.Campaigns = readCampaigns(s)
	out.Responses = readResponses(s)
	s.done()
	checkChannels(s, out)
	if !s.broken && out.Holdout == nil && out.Exclude == "" && len(out.Campaigns)+len(out.Responses) == 0 && s.value("campaigns") == nil && s.value("responses") == nil {
		s.report(s.at, s.path, "nothing is asked for; want some of campaigns, holdout, exclude and responses, or off")
	}
	return out
}

// checkFilesOfActivation refuses activation without the files that it reads: that by which it
// measures effects, and customers with all their columns, contactable among them.
func checkFilesOfActivation(root *section, j *Job) {
	if j.Activation == nil {
		return
	}
	out := root.section("output")
	if !j.Output.Purchases {
		out.fail("purchases", "activation measures its effects by purchases.parquet; write purchases: true, or activation: off")
	}
	if j.Output.Columns != nil && !slices.Contains(j.Output.Formats, "parquet") {
		out.fail("columns", "activation asks all columns of customers; add parquet to output.formats, or leave columns out")
	}
}

// longestCap bounds the days of a cap: a year and a day, as no rule about mail looks back
// further.
const longestCap = 366

// readCaps reads how often a customer is contacted at most.
func readCaps(s *section) (out []Cap) {
	items, _ := s.items("caps", "a list of limits, such as [{contacts: 2, days: 7}]")
	for i, item := range items {
		in := newSection(s.reader, join(s.key("caps"), strconv.Itoa(i)), item, item.at, "a limit; want a mapping with contacts and days")
		var c Cap
		in.text("channel", &c.Channel)
		for _, number := range []struct {
			key, what string
			into      *int
			most      float64
		}{
			{"contacts", "how many contacts there are at most", &c.Contacts, most},
			{"days", "within how many days", &c.Days, longestCap},
		} {
			if in.value(number.key) == nil {
				in.missing(number.key, number.what)
			}
			in.whole(number.key, number.into, atLeast(1).atMost(number.most))
		}
		in.done()
		out = append(out, c)
	}
	return out
}

// readHoldout reads the share of customers whom nobody contacts; nil: none.
func readHoldout(s *section) *Holdout {
	v := s.value("holdout")
	if v == nil || v.isOff() {
		return nil
	}
	in, _ := s.optionalSection("holdout")
	out := &Holdout{Refresh: Span{N: 12, Unit: Month}}
	if in.value("share") == nil {
		in.missing("share", "the share of customers whom nobody contacts, such as 0.05")
	}
	in.number("share", &out.Share, positive().below(1))
	in.span("refresh", &out.Refresh, None)
	in.done()
	return out
}

// channelName is a name that is fit for a file on every system, and for one alone: systems
// differ about capital letters.
var channelName = regexp.MustCompile(`^[\p{Ll}\p{Lo}\p{N}_-][\p{Ll}\p{Lo}\p{M}\p{N}._-]*$`)

const wantedChannel = "want small letters, digits, . _ and -, not beginning with a dot: the list of a channel is a file of its name"

// readReach reads whom channels reach.
func readReach(s *section) map[string]string {
	in := s.section("reach")
	if in.node == nil {
		return nil
	}
	out := map[string]string{}
	for _, e := range in.node.entries {
		if !channelName.MatchString(e.key) {
			in.report(e.at, in.path, "%s is not a name for a channel; %s", quoted(e.key), wantedChannel)
		}
		var sql string
		in.required(e.key, "a SQL condition over the columns of customers", &sql)
		out[e.key] = sql
	}
	return out
}

// checkChannels holds the channels of caps and reach against those of campaigns: a limit of a
// channel that is misspelt would limit nothing, in silence.
func checkChannels(s *section, a *Activation) {
	used := map[string]bool{}
	for _, c := range a.Campaigns {
		for _, channel := range c.Channels {
			used[channel] = true
		}
	}
	if len(used) == 0 {
		return
	}
	var unreached []string // by a condition: a misspelt one is meant for one of these
	for _, channel := range slices.Sorted(maps.Keys(used)) {
		if _, has := a.Reach[channel]; !has {
			unreached = append(unreached, channel)
		}
	}
	reach := s.section("reach")
	for _, channel := range slices.Sorted(maps.Keys(a.Reach)) {
		if near, is := Nearest(channel, unreached); is && !used[channel] {
			reach.fail(channel, "no campaign has the channel %s; did you mean %s?", quoted(channel), quoted(near))
		}
		used[channel] = true
	}
	known := slices.Sorted(maps.Keys(used))
	for i, c := range a.Caps {
		if c.Channel == "" || used[c.Channel] {
			continue
		}
		key := "caps." + strconv.Itoa(i) + ".channel"
		s.report(a.Position(key), s.key(key), "%s", unknown("channel", c.Channel, known))
	}
}

// date reads a day that must be given.
func (s *section) date(key, what string, into *Date) (given bool) {
	const wanted = "a date such as 2026-12-01"
	if s.value(key) == nil {
		s.missing(key, what+", "+wanted)
		return false
	}
	text, ok := s.scalar(key, wanted)
	if !ok {
		return false
	}
	day, err := calendar.Parse(text)
	switch {
	case !calendarDay.MatchString(text):
		s.fail(key, "%s is not a day; want %s", quoted(text), wanted)
	case err != nil:
		s.fail(key, "there is no day %s in the calendar; want %s", text, wanted)
	default:
		*into = Date(day)
		return true
	}
	return false
}
