package job_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/job"
	"clientele/internal/calendar"
	"clientele/segment/campaign"
)

// whole is a campaign with what it must have.
const whole = "name: a, audience: x, channels: [email], starts: 2026-12-01, ends: 2026-12-31"

func TestActivationViolations(t *testing.T) {
	requireViolations(t, []violation{
		{"activation: on\n", `5:13: activation: "on" is not a mapping (or off)`},
		{"activation: {}\n", `5:13: activation: nothing is asked for; want some of campaigns, holdout, exclude and responses, or off`},
		{"activation: {caps: [{contacts: 1, days: 7}]}\n", `5:13: activation: nothing is asked for; want some of campaigns, holdout, exclude and responses, or off`},
		{"activation: {campagns: []}\n", "5:13: activation: nothing is asked for; want some of campaigns, holdout, exclude and responses, or off\n" +
			`5:14: activation: unknown key "campagns"; did you mean "campaigns"?`},
		{"activation: {exclude: a.csv}\noutput: {purchases: false}\n", `6:21: output.purchases: activation measures its effects by purchases.parquet; write purchases: true, or activation: off`},
		{"activation: {exclude: a.csv}\noutput: {formats: [csv], columns: [rank, customer_id]}\n", `6:35: output.columns: activation asks all columns of customers; add parquet to output.formats, or leave columns out`},
		{"activation: {exclude: 'https://x/a.csv'}\n", `5:23: activation.exclude: https:// is not read in this version; download the export first and give the path of the file`},
		{"activation: {exclude: a.csv, caps: [{contacts: 0, days: 400}, {days: 7}]}\n", "5:48: activation.caps.0.contacts: 0 is out of range; want at least 1 and at most 1000000000\n" +
			"5:57: activation.caps.0.days: 400 is out of range; want at least 1 and at most 366\n" +
			`5:63: activation.caps.1.contacts: missing; give how many contacts there are at most`},
		{"activation: {holdout: 0.05}\n", `5:23: activation.holdout: "0.05" is not a mapping (or off)`},
		{"activation: {holdout: {share: 5%, refresh: yearly}}\n", "5:31: activation.holdout.share: \"5%\" is not a number; write a fraction, such as 0.05 for 5%\n" +
			`5:44: activation.holdout.refresh: "yearly" is not a length of time; want a length such as 12 months or none`},
		{"activation: {holdout: {share: 1}}\n", `5:31: activation.holdout.share: 1 is out of range; want above 0 and below 1`},
		{"activation: {holdout: {}}\n", `5:23: activation.holdout.share: missing; give the share of customers whom nobody contacts, such as 0.05`},
		{"activation: {exclude: a.csv, reach: {E-Mail: x}}\n", `5:38: activation.reach: "E-Mail" is not a name for a channel; want small letters, digits, . _ and -, not beginning with a dot: the list of a channel is a file of its name`},
	})
}

func TestCampaignViolations(t *testing.T) {
	requireViolations(t, []violation{
		{"activation: {campaigns: []}\n", `5:25: activation.campaigns: the list is empty; want a list of campaigns, each with name, audience, channels, starts and ends`},
		{"activation: {campaigns: [{}]}\n", "5:26: activation.campaigns.0.name: missing; give a name for the campaign\n" +
			"5:26: activation.campaigns.0.audience: missing; give a SQL condition over the columns of customers, such as stage = 'decline'\n" +
			"5:26: activation.campaigns.0.channels: missing; give a list of names of channels, such as [email, phone]\n" +
			"5:26: activation.campaigns.0.starts: missing; give the first day on which customers enter, a date such as 2026-12-01\n" +
			`5:26: activation.campaigns.0.ends: missing; give the day on which the effect is read, a date such as 2026-12-01`},
		{"activation: {campaigns: [{" + strings.Replace(whole, ": a,", ": win back,", 1) + "}]}\n", `5:33: activation.campaigns.0.name: "win back" is not a name for a campaign; want letters, digits, . _ and -, not beginning with a dot; write name: win-back`},
		{"activation: {campaigns: [{" + strings.Replace(whole, ": a,", ": holdout,", 1) + "}]}\n", `5:33: activation.campaigns.0.name: "holdout" is what the share of customers is called whom nobody contacts; choose another name`},
		{"activation: {campaigns: [{" + whole + "}, {" + whole + "}]}\n", `5:114: activation.campaigns.1.name: a campaign named "a" stands before (activation.campaigns.0); names are unique`},
		{"activation: {campaigns: [{" + strings.Replace(whole, "12-31", "12-01", 1) + "}]}\n", `5:94: activation.campaigns.0.ends: 2026-12-01 is not after starts, 2026-12-01; customers enter from starts on, up to the day before ends`},
		{"activation: {campaigns: [{" + strings.Replace(whole, "12-31", "11-31", 1) + "}]}\n", `5:94: activation.campaigns.0.ends: there is no day 2026-11-31 in the calendar; want a date such as 2026-12-01`},
		{"activation: {campaigns: [{" + strings.Replace(whole, "2026-12-31", "Christmas", 1) + "}]}\n", `5:94: activation.campaigns.0.ends: "Christmas" is not a day; want a date such as 2026-12-01`},
		{"activation: {campaigns: [{" + strings.Replace(whole, "[email]", "[]", 1) + "}]}\n", `5:59: activation.campaigns.0.channels: the list is empty; want a list of names of channels, such as [email, phone]`},
		{
			"activation: {campaigns: [{" + strings.Replace(whole, "[email]", "[email, Mail, a/b, email]", 1) + "}]}\n",
			"5:67: activation.campaigns.0.channels.1: \"Mail\" is not a name for a channel; want small letters, digits, . _ and -, not beginning with a dot: the list of a channel is a file of its name\n" +
				"5:73: activation.campaigns.0.channels.2: \"a/b\" is not a name for a channel; want small letters, digits, . _ and -, not beginning with a dot: the list of a channel is a file of its name\n" +
				`5:78: activation.campaigns.0.channels.3: "email" is listed twice; keep one`,
		},
		{"activation: {campaigns: [{" + whole + ", control: 1, priority: 0}]}\n", "5:115: activation.campaigns.0.control: 1 is out of range; want at least 0 and below 1\n" +
			`5:128: activation.campaigns.0.priority: 0 is out of range; want at least 1 and at most 1000000000`},
		{"activation: {campaigns: [{" + whole + ", budget: 5}]}\n", `5:114: activation.campaigns.0.budget: a budget needs to know what a contact costs; give cost, above 0`},
		{"activation: {campaigns: [{" + whole + ", explore: 0.1}]}\n", `5:115: activation.campaigns.0.explore: explore is a share of a budget; give one, or remove it`},
		{"activation: {campaigns: [{" + whole + "}], caps: [{channel: emial, contacts: 1, days: 7}]}\n", `5:125: activation.caps.0.channel: unknown channel "emial"; did you mean "email"?`},
		{"activation: {campaigns: [{" + whole + "}], reach: {emial: x}}\n", `5:123: activation.reach.emial: no campaign has the channel "emial"; did you mean "email"?`},
	})
}

func TestResponseViolations(t *testing.T) {
	const columns = "columns: {customer: c, time: t, event: e}"
	requireViolations(t, []violation{
		{"activation: {responses: [{}]}\n", "5:26: activation.responses.0.path: missing; give the file, glob or directory of the responses\n" +
			"5:26: activation.responses.0.columns.customer: missing; give the column, or SQL expression, that tells whose response it is\n" +
			"5:26: activation.responses.0.columns.time: missing; give the column, or SQL expression, that tells when it was\n" +
			`5:26: activation.responses.0.columns.event: missing; give the column, or SQL expression, that tells what happened: sent, opened, unsubscribed; 'sent' in quotes where all rows are of one kind`},
		{"activation: {responses: [{path: a.csv, " + strings.Replace(columns, "event", "evnt", 1) + "}]}\n", "5:49: activation.responses.0.columns.event: missing; give the column, or SQL expression, that tells what happened: sent, opened, unsubscribed; 'sent' in quotes where all rows are of one kind\n" +
			`5:72: activation.responses.0.columns: unknown key "evnt"; did you mean "event"?`},
		{"activation: {responses: [{path: a.csv, format: cvs, encoding: latn-1, malformed: 2, " + columns + "}]}\n", "5:48: activation.responses.0.format: unknown format \"cvs\"; did you mean \"csv\"?\n" +
			"5:63: activation.responses.0.encoding: unknown encoding \"latn-1\"; did you mean \"latin-1\"?\n" +
			`5:82: activation.responses.0.malformed: 2 is out of range; want 0 to 1, or 0% to 100%`},
	})
}

// A violation of the command line says so.
func TestActivationIsSet(t *testing.T) {
	j := parse(t, minimal+"activation: {holdout: {share: 0.1}}\n", "activation.seed=x", "activation.holdout.refresh=none")
	require.Equal(t, &job.Holdout{Share: 0.1, Refresh: job.Span{Word: job.None}}, j.Activation.Holdout)
	require.Equal(t, "x", j.Activation.Seed)
	require.Nil(t, parse(t, minimal+"activation: {holdout: {share: 0.1}}\n", "activation=off").Activation)
	require.Contains(t, refused(t, minimal+"activation: {holdout: {share: 0.1}}\n", "activation.holdout.share=2"),
		"--set activation.holdout.share=2: activation.holdout.share: 2 is out of range")
}

func TestActivationIsRead(t *testing.T) {
	j := parse(t, minimal+`activation:
  seed: s
  caps: [{contacts: 2, days: 7}, {channel: sms, contacts: 1, days: 30}]
  holdout: {share: 0.05}
  exclude: suppress.csv
  reach: {email: "has_email = 'yes'", sms: phone <> ''}
  campaigns:
    - {`+whole+`}
    - {name: 回来, audience: stage = 'decline', channels: [sms, email], offer: 10% off, starts: 2026-12-01, ends: 2027-01-01, control: 0, cost: 0.5, budget: 100, explore: 0, priority: 1}
  responses:
    - {path: r/*.csv, columns: {customer: id, campaign: k, channel: "'sms'", time: [d, t], event: e}, timezone: UTC, encoding: gbk, dates: dmy, where: e <> 'x'}
`)
	a := j.Activation
	require.Equal(t, campaign.Rules{
		Seed: "s", Caps: []campaign.Cap{{Contacts: 2, Days: 7}, {Channel: "sms", Contacts: 1, Days: 30}},
		Holdout: &campaign.Holdout{Share: 0.05, Refresh: calendar.Period{Months: 12}},
		Campaigns: []campaign.Campaign{
			{Name: "a", Channels: []string{"email"}, Starts: day(t, "2026-12-01"), Ends: day(t, "2026-12-31"), Control: 0.2, Priority: 100},
			{Name: "回来", Channels: []string{"sms", "email"}, Starts: day(t, "2026-12-01"), Ends: day(t, "2027-01-01"), Cost: 0.5, Budget: 100, Priority: 1},
		},
	}, a.Rules())
	require.Equal(t, "10% off", a.Campaigns[1].Offer)
	require.Equal(t, "suppress.csv", a.Exclude)
	require.Equal(t, []job.Condition{
		{Key: "activation.reach.email", SQL: "has_email = 'yes'", Channel: "email", At: job.Position{File: "conf/shop.yaml", Line: 10, Column: 18}},
		{Key: "activation.reach.sms", SQL: "phone <> ''", Channel: "sms", At: job.Position{File: "conf/shop.yaml", Line: 10, Column: 44}},
		{Key: "activation.campaigns.0.audience", SQL: "x", Campaign: "a", At: job.Position{File: "conf/shop.yaml", Line: 12, Column: 27}},
		{Key: "activation.campaigns.1.audience", SQL: "stage = 'decline'", Campaign: "回来", At: job.Position{File: "conf/shop.yaml", Line: 13, Column: 28}},
	}, a.Conditions())
	source := a.Responses[0].Source(0)
	require.Equal(t, job.Columns{
		Customer: "id", Time: "d", Clock: "t", Amount: "1", Channel: "'sms'", Attributes: map[string]string{"campaign": "k", "event": "e"},
	}, source.Columns)
	require.Equal(t, "activation.responses.0", source.Root(3))
	require.Equal(t, job.Position{File: "conf/shop.yaml", Line: 15, Column: 57}, source.Position("columns.campaign"))
	require.Equal(t, "gb18030", source.Encoding)
	require.Equal(t, job.Dates{"dmy"}, source.Dates)
}

func day(t *testing.T, text string) calendar.Day {
	t.Helper()
	d, err := calendar.Parse(text)
	require.NoError(t, err)
	return d
}

// The settings in force say everything that activation does, and nothing where it is off.
func TestActivationInTheSettings(t *testing.T) {
	settings, err := json.Marshal(parse(t, minimal))
	require.NoError(t, err)
	require.NotContains(t, string(settings), "activation")
	settings, err = json.Marshal(parse(t, minimal+"activation: {holdout: {share: 0.1}, campaigns: [{"+whole+"}], responses: [{path: p, columns: {customer: c, time: t, event: e}}]}\n").Activation)
	require.NoError(t, err)
	require.JSONEq(t, `{"seed": "shop", "holdout": {"share": 0.1, "refresh": "12 months"},
		"campaigns": [{"name": "a", "audience": "x", "channels": ["email"], "starts": "2026-12-01", "ends": "2026-12-31", "control": 0.2, "cost": 0, "priority": 100}],
		"responses": [{"path": "p", "columns": {"customer": "c", "time": "t", "event": "e"}, "encoding": "auto", "malformed": 0.01, "dates": "auto"}]}`, string(settings))
}

// drawActivation makes what a job may say of contacts.
func drawActivation(t *rapid.T) *job.Activation {
	a := &job.Activation{Seed: expression.Draw(t, "seed"), Exclude: expression.Draw(t, "exclude")}
	if rapid.Bool().Draw(t, "caps") {
		a.Caps = []job.Cap{{Contacts: rapid.IntRange(1, 100).Draw(t, "contacts"), Days: rapid.IntRange(1, 366).Draw(t, "days")}, {Channel: "sms", Contacts: 1, Days: 30}}
	}
	if rapid.Bool().Draw(t, "holdout") {
		a.Holdout = &job.Holdout{Share: rapid.Float64Range(1e-6, 0.999).Draw(t, "holdout share"), Refresh: drawSpan(t, "refresh", job.None)}
	}
	if rapid.Bool().Draw(t, "reach") {
		a.Reach = map[string]string{"sms": expression.Draw(t, "reach sms"), "微信": expression.Draw(t, "reach")}
	}
	if rapid.Bool().Draw(t, "campaigns") {
		starts := job.Date(rapid.Int32Range(0, 40000).Draw(t, "starts"))
		c := job.Campaign{
			Name: "a", Audience: expression.Draw(t, "audience"), Channels: []string{"sms", "mail"}, Starts: starts, Ends: starts + 1,
			Control: rapid.Float64Range(0, 0.999).Draw(t, "control"), Cost: rapid.Float64Range(0.01, 1e9).Draw(t, "cost"), Priority: rapid.IntRange(1, 1e6).Draw(t, "priority"),
		}
		other := c
		other.Name, other.Offer, other.Budget, other.Explore = "b", expression.Draw(t, "offer"), rapid.Float64Range(1e-3, 1e9).Draw(t, "budget"), rapid.Float64Range(0, 1).Draw(t, "explore")
		a.Campaigns = []job.Campaign{c, other}
	}
	if rapid.Bool().Draw(t, "responses") {
		s := drawSource(t)
		a.Responses = []job.Responses{{
			Path: s.Path, Format: s.Format, Records: s.Records, Timezone: s.Timezone, Where: s.Where, Encoding: s.Encoding, Malformed: s.Malformed, Dates: s.Dates,
			Columns: job.ResponseColumns{Customer: s.Columns.Customer, Campaign: s.Columns.Product, Time: s.Columns.Time, Clock: s.Columns.Clock, Event: s.Columns.Amount},
		}}
	}
	return a
}

// withoutPlaces is activation as code would make it, with no positions.
func withoutPlaces(a *job.Activation) *job.Activation {
	if a == nil {
		return nil
	}
	out := &job.Activation{Seed: a.Seed, Caps: a.Caps, Holdout: a.Holdout, Exclude: a.Exclude, Reach: a.Reach, Campaigns: a.Campaigns}
	for _, r := range a.Responses {
		out.Responses = append(out.Responses, job.Responses{
			Path: r.Path, Format: r.Format, Records: r.Records, Sheet: r.Sheet, Columns: r.Columns, Timezone: r.Timezone,
			Where: r.Where, Encoding: r.Encoding, Malformed: r.Malformed, Dates: r.Dates,
		})
	}
	return out
}
