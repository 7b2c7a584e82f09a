package responses_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/consent"
	"clientele/analytics/publication"
	"clientele/analytics/responses"
	"clientele/internal/calendar"
	"clientele/segment/campaign"
)

// Files as engines write them: with a mark of byte order, semicolons, offsets, words of
// their own, empty ids, late rows, zipped.
func TestHostileFiles(t *testing.T) {
	s := newShop(t, usual)
	s.write("in/a.csv", "\ufeffid;campaign;channel;ts;event\r\n"+
		"A;win-back;EMAIL;2026-01-10T10:00:00+02:00;Sent\r\n"+
		"a;Win-Back;email;2026-01-10 08:00:00;email.sent\r\n"+
		"b;;;2026-01-11T23:30:00-05:00;Unsubscribed from Email Marketing\r\n"+
		";Win-Back;email;2026-01-11T10:00:00;Unsubscribe\r\n"+
		"c;Win-Back;email;2026-03-01T10:00:00;Unsubscribe\r\n"+
		"c;Win-Back;email;2026-01-12;email.bounced\r\n"+
		"c;Win-Back;email;2026-01-12;telepathy\r\n"+
		"c;Win-Back;email;yesterday;opened\r\n"+
		"d;Win-Back;email;;unsubscribe\r\n"+
		"nobody;other;fax;2026-01-12 01:02:03.25;Spam Complaint\r\n")
	s.write("in/b.csv.gz", zipped(s, "id,campaign,channel,ts,event\nc,Win-Back,sms,2026-01-13 09:00,CLICK\n"))
	h := s.hear(nil)
	require.Equal(t, []string{
		"1970-01-01T00:00:00 d d Win-Back email unsubscribed",
		"2026-01-10T08:00:00 A a win-back EMAIL sent",
		"2026-01-10T08:00:00 a a Win-Back email sent",
		"2026-01-12T01:02:03.25 nobody  other fax complained",
		"2026-01-12T04:30:00 b b   unsubscribed",
		"2026-01-13T09:00:00 c c Win-Back sms clicked",
	}, said(h))
	require.EqualValues(t, 11, h.Counts.Rows)
	require.Empty(t, h.Counts.Inputs, "who runs the night names them")
	require.Equal(t, map[string]int64{"anonymous": 1, "after_as_of": 1, "time_unreadable": 1}, h.Counts.Rejected)
	require.EqualValues(t, 1, h.Counts.UnknownEvents)
	require.EqualValues(t, 1, h.Counts.OtherEvents)
	require.Equal(t, map[string]int64{"sent": 1, "unsubscribed": 2, "clicked": 1, "complained": 1}, h.Counts.Events, "A and a are one person")
	require.EqualValues(t, 1, h.Counts.UnmatchedCustomers)
	require.EqualValues(t, 2, h.Counts.UnmatchedCampaigns)
	require.Equal(t, []campaign.Contact{{Customer: "a", Campaign: "Win-Back", Channel: "email", Day: day(t, "2026-01-10")}}, sent(h))
}

// sent are the contacts that were made, as the job names its campaign and channel.
func sent(h *responses.Heard) []campaign.Contact {
	return publication.SentContacts(h.Events, publication.NamesOf([]string{"Win-Back"}), publication.NamesOf([]string{"email"}))
}

func day(t *testing.T, text string) calendar.Day {
	t.Helper()
	d, err := calendar.Parse(text)
	require.NoError(t, err)
	return d
}

// Lines of JSON as a webhook writes them, with the campaign among tags.
func TestWebhook(t *testing.T) {
	s := newShop(t, `[{path: in/*.jsonl, columns: {customer: custom.user, campaign: "tags ->> '$[0]'", channel: "'email'", time: to_timestamp(timestamp), event: event}, where: event <> 'deferred'}]`)
	s.write("in/hook.jsonl", `{"email": "a@x.example", "timestamp": 1768039200, "event": "delivered", "custom": {"user": "a"}, "tags": ["Win-Back", "x"]}
{"email": "a@x.example", "timestamp": 1768039260, "event": "open", "custom": {"user": "a"}, "tags": ["Win-Back"]}
{"email": "a@x.example", "timestamp": 1768039260, "event": "deferred", "custom": {"user": "a"}, "tags": []}
{"email": "b@x.example", "timestamp": 1768039320, "event": "spamreport", "custom": {"user": "b"}, "tags": []}
`)
	h := s.hear(nil)
	require.Equal(t, []string{
		"2026-01-10T10:00:00 a a Win-Back email delivered",
		"2026-01-10T10:01:00 a a Win-Back email opened",
		"2026-01-10T10:02:00 b b  email complained",
	}, said(h))
	require.Equal(t, map[string]int64{"filtered": 1}, h.Counts.Rejected)
}

// Days are those of the job's zone.
func TestResponsesInAZone(t *testing.T) {
	s := newShop(t, usual, "timezone: Asia/Shanghai\n")
	s.write("in/a.csv", "id,campaign,channel,ts,event\na,x,email,2026-01-10T23:00:00Z,已发送\n")
	h := s.hear(nil)
	require.Equal(t, []string{"2026-01-11T07:00:00 a a x email sent"}, said(h))
	require.Equal(t, day(t, "2026-01-11"), sent(h)[0].Day)
}

func TestNoFileTonight(t *testing.T) {
	s := newShop(t, usual)
	before := []publication.Response{{ID: "b", Event: publication.Unsubscribed, Time: 5}}
	h := s.hear(before)
	require.Equal(t, []string{"1970-01-01T00:00:00.000005 b b   unsubscribed"}, said(h))
	require.EqualValues(t, 0, h.Counts.New)
	files, err := s.read()
	require.NoError(t, err)
	require.Equal(t, []string{"in/*"}, files.Absent)
}

// What does not fit the files is told where the job file says it.
func TestResponsesThatDoNotFit(t *testing.T) {
	for columns, want := range map[string]string{
		"customer: id, time: ts, event: evnt":                  `activation.responses.0.columns.event: in/a.csv has no column "evnt"; did you mean "event"?`,
		"customer: id, time: ts, event: event, campaign: camp": `activation.responses.0.columns.campaign: in/a.csv has no column "camp"; did you mean "campaign"?`,
		"customer: (SELECT 1), time: ts, event: event":         `activation.responses.0.columns.customer: "(SELECT 1)" has a query of its own within`,
	} {
		s := newShop(t, "[{path: in/a.csv, columns: {"+columns+"}}]")
		s.write("in/a.csv", "id,campaign,channel,ts,event\na,x,email,2026-01-10,sent\n")
		_, err := s.read()
		require.ErrorContains(t, err, want)
		require.ErrorContains(t, err, "shop.yaml:6:")
	}
}

// The same events give the same memory, over however many files and nights they come, in
// whatever order, repeated or cumulated.
func TestMemoryProperty(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	words := []string{"sent", "Opened", "unsubscribe", "clicked", "complaint", "telepathy"}
	var rows []string
	for i := range 60 {
		rows = append(rows, fmt.Sprintf("%s,%s,%s,2026-01-%02d %02d:00,%s",
			[]string{"a", "A", "b", "c", "x9", ""}[random.IntN(6)], []string{"Win-Back", "win-back", "", "other"}[random.IntN(4)],
			[]string{"email", "sms", ""}[random.IntN(3)], 1+i%20, random.IntN(4), words[random.IntN(len(words))]))
	}
	var want []byte
	var counts map[string]int64
	for try := range 8 {
		nights := 1 + try%4
		s, memory := newShop(t, usual), []publication.Response(nil)
		of := make([][]string, nights) // rows that first come in a night
		for i, row := range random.Perm(len(rows)) {
			of[min(nights-1, i*nights/len(rows))] = append(of[min(nights-1, i*nights/len(rows))], rows[row])
		}
		var sofar []string
		var got map[string]int64
		for n := range nights {
			tonight := of[n]
			sofar = append(sofar, tonight...)
			if try%2 == 1 { // cumulated, and some twice
				tonight = append(slices.Clone(sofar), sofar[:5]...)
			}
			random.Shuffle(len(tonight), func(i, k int) { tonight[i], tonight[k] = tonight[k], tonight[i] })
			cut := random.IntN(len(tonight) + 1)
			s.write("in/1.csv", "id,campaign,channel,ts,event\n"+strings.Join(tonight[:cut], "\n")+"\n")
			s.write("in/2.csv", "id,campaign,channel,ts,event\n"+strings.Join(tonight[cut:], "\n")+"\n")
			h := s.hear(memory)
			memory, got = h.Events, h.Counts.Events
		}
		var file bytes.Buffer
		_, err := publication.WriteResponses(&file, memory)
		require.NoError(t, err)
		if try == 0 {
			want, counts = file.Bytes(), got
			require.NotEmpty(t, memory)
			continue
		}
		require.True(t, bytes.Equal(want, file.Bytes()), "try %d", try)
		require.Equal(t, counts, got, "try %d", try)
	}
}

func TestBind(t *testing.T) {
	s := newShop(t, usual)
	s.write("in/a.csv", "id,campaign,channel,ts,event\nA,x,email,2026-01-10,unsubscribe\na,x,email,2026-01-10,complaint\nb,x,email,2026-01-10,complaint\nzz,x,email,2026-01-10,complaint\n")
	h := s.hear(nil)
	ids := []string{"a", "b", "c", "d"}
	require.Equal(t, []consent.Status{consent.Unsubscribed, consent.Complained, consent.Excluded, consent.Yes}, h.Bind(ids, nil, []string{"c", "b", "nobody"}))
	before := []consent.Status{consent.NoConsent, consent.Yes, consent.Provenance, consent.Yes}
	require.Equal(t, []consent.Status{consent.NoConsent, consent.Complained, consent.Provenance, consent.Yes}, h.Bind(ids, before, []string{"c"}))
	require.Equal(t, consent.Yes, before[1], "what consent says stays as it is")
}

// What is too long ago to matter is forgotten, though files say it again. What binds is not,
// and not whom an open campaign has written to.
func TestForgottenEvents(t *testing.T) {
	s := newShop(t, usual)
	old := "2024-01-10 10:00:00"
	s.write("in/a.csv", "id,campaign,channel,ts,event\n"+
		"a,Win-Back,email,"+old+",sent\na,Win-Back,email,"+old+",opened\na,gone,email,"+old+",sent\nb,,,"+old+",unsubscribed\nb,x,,"+old+",complained\n"+
		"c,gone,email,2026-01-10,sent\nc,gone,email,2026-01-10,opened\n")
	night := func(open bool, before []publication.Response) *responses.Heard {
		files, err := s.read()
		require.NoError(t, err)
		return responses.Hear(responses.Night{
			Job: s.job, Today: calendar.DayOf(s.job.AsOf.Day), Files: files, Before: before, Of: strings.ToLower, ByKey: func(string) string { return "" }, Customers: []string{"a", "b", "c"},
			Campaigns: []responses.Campaign{{Name: "Win-Back", Open: open}, {Name: "gone"}}, Oldest: day(t, "2025-01-01"),
		})
	}
	h := night(true, nil)
	require.Equal(t, []string{
		"2024-01-10T10:00:00 a a Win-Back email sent",
		"2024-01-10T10:00:00 b b   unsubscribed",
		"2024-01-10T10:00:00 b b x  complained",
		"2026-01-10T00:00:00 c c gone email opened",
		"2026-01-10T00:00:00 c c gone email sent",
	}, said(h))
	require.EqualValues(t, 2, h.Counts.TooOld)
	require.EqualValues(t, 5, h.Counts.New)

	closed := night(false, h.Events)
	require.Len(t, said(closed), 4)
	require.EqualValues(t, 0, closed.Counts.New, "the same files again say nothing new")
	require.Equal(t, said(closed), said(night(false, closed.Events)))
}
