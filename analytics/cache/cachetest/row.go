package cachetest

import (
	"fmt"
	"strconv"
	"time"
)

// columns are those of every export.
var columns = []string{
	"id", "order", "time", "amount", "channel", "product", "currency",
	"agreed", "origin", "brought_by", "cost", "list", "city", "email", "firm", "pieces", "of_order", "given_back",
	"given_back_on",
}

// row is a line of an export, by column.
type row map[string]string

// cells are those of a row, in the order of the columns.
func (r row) cells() []string {
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = r[c]
	}
	return all
}

func (s *Shop) customer() string       { return fmt.Sprintf("k%02d", s.draw.IntN(40)) }
func (s *Shop) order() string          { return fmt.Sprintf("o%03d", s.draw.IntN(300)) }
func (s *Shop) money() string          { return fmt.Sprintf("%d.%02d", 1+s.draw.IntN(90), s.draw.IntN(100)) }
func (s *Shop) day(last int) time.Time { return s.night.AddDate(0, 0, last-s.draw.IntN(200)) }

// sometimes is a text at some of all places, and else none.
func (s *Shop) sometimes(p float64, text string) string {
	if s.chance(p) {
		return text
	}
	return ""
}

// aRow draws a line: most are sound.
func (s *Shop) aRow() row {
	r := row{
		"id": s.customer(), "order": s.order(), "time": s.day(0).Format("2006-01-02 15:04"), "amount": s.money(),
		"channel": s.pick("web", "shop", "void"), "product": fmt.Sprintf("p%d", s.draw.IntN(9)), "currency": s.pick("EUR", "USD"),
		"agreed": s.sometimes(0.4, s.pick("yes", "yes", "no", "YES ")), "origin": s.sometimes(0.1, s.pick("till", "till", "bought")),
		"brought_by": s.sometimes(0.2, s.customer()), "cost": s.sometimes(0.8, s.money()), "list": s.sometimes(0.8, s.money()),
		"city": s.sometimes(0.9, s.pick("Bath", "York", "Ely")), "pieces": strconv.Itoa(1 + s.draw.IntN(3)),
		"of_order": s.sometimes(0.1, s.order()), "given_back": s.sometimes(0.1, "1.00"),
		"given_back_on": s.sometimes(0.5, s.day(5).Format(time.DateOnly)),
	}
	r["firm"] = s.sometimes(0.5, "f"+r["id"][len(r["id"])-1:])
	r["email"] = s.sometimes(0.5, r["id"][1:]+"@example.org")
	s.spoil(r)
	return r
}

// further makes a line one more of an order, which does not repeat what the line above it says.
func further(r, above row) {
	r["order"], r["id"], r["time"], r["agreed"] = above["order"], "", "", ""
}

// spoil makes some lines such as are set aside, now or on another night.
func (s *Shop) spoil(r row) {
	switch s.draw.IntN(24) {
	case 0:
		r["id"] = ""
	case 1:
		r["amount"] = s.pick("", "0", "n/a", "1,250.00")
		if s.job.givesBack {
			s.giveBack(r)
		}
	case 2:
		if s.calm { // others may be read on another night
			r["time"] = s.pick("", "soon", "2024-02-30")
			break
		}
		r["time"] = s.pick("", "soon", "2024-02-30", "45371", "1711000000", "46200", "0013-02-10", "20240311101500")
	case 3:
		if s.calm && !s.chance(0.02) {
			break
		}
		r["time"] = s.night.AddDate(0, 0, s.draw.IntN(6)).Format("2006-01-02") + s.pick("T23:30:00Z", " 23:30", "T01:10:00+05:00")
	case 4:
		if s.calm {
			break
		}
		r["amount"], r["time"] = "", s.night.AddDate(0, 0, 2).Format(time.DateOnly)
	}
}

// giveBack makes a line a return: often of something that a line of any file sold, in part or whole.
func (s *Shop) giveBack(r row) {
	r["amount"] = "-12.50"
	if len(s.files) == 0 || s.chance(0.2) {
		return
	}
	rows := s.files[s.aFile()]
	if len(rows) == 0 {
		return
	}
	of := rows[s.draw.IntN(len(rows))]
	for _, column := range []string{"id", "order", "product", "currency", "pieces"} {
		r[column] = of[column]
	}
	r["amount"] = "-" + s.pick(of["amount"], of["amount"], "0.75")
}
