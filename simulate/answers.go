package simulate

import (
	"slices"
	"time"
)

// Answers are the chances of what becomes of a message, and how engines report it.
type Answers struct {
	Late         float64 // sent one to three days later than the morning after
	Resent       float64 // sent a second time within the hour, as the first try seemed to fail
	Delivered    float64
	Opened       float64 // of those delivered
	Clicked      float64 // of those opened
	Unsubscribed float64 // of those delivered
	Complained   float64 // of those delivered
	// Redeemed is the chance that a customer uses the offer for a purchase that they would
	// have made anyway. Those that the contact brings always use it.
	Redeemed float64
	Repeated float64 // an event is reported twice
}

// UsualAnswers are round numbers of the size that shops see with their mail. Nothing is
// estimated from them.
func UsualAnswers() Answers {
	return Answers{
		Late: 0.08, Resent: 0.05, Delivered: 0.97, Opened: 0.35, Clicked: 0.25,
		Unsubscribed: 0.004, Complained: 0.0006, Redeemed: 0.4, Repeated: 0.02,
	}
}

// check checks the chances.
func (a Answers) check(p *problems) {
	share(p, "answers: late", a.Late)
	share(p, "answers: resent", a.Resent)
	share(p, "answers: delivered", a.Delivered)
	share(p, "answers: opened", a.Opened)
	share(p, "answers: clicked", a.Clicked)
	share(p, "answers: unsubscribed", a.Unsubscribed)
	share(p, "answers: complained", a.Complained)
	share(p, "answers: redeemed", a.Redeemed)
	share(p, "answers: repeated", a.Repeated)
}

// When things happen, in days: mail goes out between nine and eleven, is opened within hours,
// and goes out a second time within the hour.
const (
	sendsFrom, sendsTo = 9.0 / 24, 11.0 / 24
	latest             = 3.0
	second             = 1.0 / 24 / 3600
	hour               = 1.0 / 24
	opensAfter         = hour * 6 // mean
)

// mail draws what becomes of the message of a contact. Days count from the start of the
// export, in continuous time.
type mail struct {
	d      *dice
	a      Answers
	sent   float64
	events []event
}

type event struct {
	day  float64
	name string
}

// newMail draws when the message of a contact goes out that stands on the list of a day.
func newMail(d *dice, a Answers, day float64) *mail {
	m := &mail{d: d, a: a}
	m.sent = day + 1 + d.between(sendsFrom, sendsTo)
	late := d.between(1, latest)
	if d.Float64() < a.Late {
		m.sent += late
	}
	return m
}

// follow draws what happens to the message once it is sent.
func (m *mail) follow() {
	d := m.d
	m.add(m.sent, "sent")
	at := m.sent
	if d.Float64() < m.a.Resent {
		at += d.between(10*second, hour)
		m.add(at, "sent")
	}
	if d.Float64() >= m.a.Delivered {
		return
	}
	at += d.between(5*second, 300*second)
	m.add(at, "delivered")
	if d.Float64() < m.a.Opened {
		opened := at + opensAfter*d.ExpFloat64()
		m.add(opened, "opened")
		if d.Float64() < m.a.Clicked {
			m.add(opened+d.between(5*second, 120*second), "clicked")
		}
	}
	if d.Float64() < m.a.Unsubscribed {
		m.add(at+opensAfter*d.ExpFloat64(), "unsubscribed")
	}
	if d.Float64() < m.a.Complained {
		m.add(at+opensAfter*d.ExpFloat64(), "complained")
	}
}

func (m *mail) add(day float64, name string) { m.events = append(m.events, event{day, name}) }

// responses are the events as an engine reports them, in order of time. What happens after
// the end of the export is not known yet.
func (p *plan) responses(m *mail, c Contact, bought []Response) []Response {
	all := bought
	for _, e := range m.events {
		at := p.start.Add(time.Duration(e.day * float64(24*time.Hour))).Truncate(time.Second)
		all = append(all, Response{Customer: c.Customer, Campaign: c.Campaign, Channel: c.Channel, Time: at, Event: e.name})
	}
	var told []Response
	for _, r := range all {
		again := m.d.Float64() < m.a.Repeated
		if dayNumber(r.Time)-dayNumber(p.start) >= p.days {
			continue
		}
		told = append(told, r)
		if again {
			told = append(told, r)
		}
	}
	slices.SortStableFunc(told, func(a, b Response) int { return a.Time.Compare(b.Time) })
	return told
}
