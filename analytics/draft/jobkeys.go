package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// decideJob decides what holds for all sources.
func (d *Draft) decideJob(a Answers) error {
	name := a.Name
	if name == "" {
		name = nameOf(d.Sources[0].Path)
	}
	d.Job = append(d.Job,
		Decision{Source: -1, Key: "name", Value: name, Sure: Known, Why: "publications go to out/" + name},
		Decision{
			Source: -1, Key: "as_of", Value: "latest", Sure: Known, Why: "the day after the newest purchase",
			Others: []Other{{"today", "for a job that runs every night on a fresh export"}},
		})
	d.Job = append(d.Job, d.zone(a))
	currency, err := d.currency(a)
	if err != nil {
		return err
	}
	d.Job = append(d.Job, currency)
	if d.rates != nil && slices.ContainsFunc(d.Sources, func(s *Source) bool { return s.find("columns.currency") != nil }) {
		d.Job = append(d.Job, Decision{Source: -1, Key: "rates", Value: d.rates.path, Sure: Likely, Why: "what a unit of each currency is worth"})
	}
	d.decideIdentity()
	return d.dates(a)
}

// zone decides whose midnight ends a day.
func (d *Draft) zone(a Answers) Decision {
	z := Decision{Source: -1, Key: "timezone", Value: a.Timezone, Sure: Known, Why: "as you said"}
	if a.Timezone != "" {
		return z
	}
	for _, s := range d.Sources {
		if found, why := s.zone(); found != "" {
			z.Value, z.Why, z.Sure = found, why, Likely
			return z
		}
	}
	stamps := d.offsets()
	if found := zoneOf(stamps); found != "" {
		z.Value, z.Sure, z.Why = found, Likely, "its clock has the differences to UTC that the times show"
		return z
	}
	z.Value, z.Off = "Europe/London", true
	z.Why = "whose midnight ends a day; without it that of UTC, and times that name no zone are taken as they stand"
	if len(stamps) > 0 || d.inUTC() {
		z.Why = "whose midnight ends a day: the times of the export are those of UTC, and without it so are its days"
	}
	return z
}

// zoneNames are the zones of names that stand beside times.
var zoneNames = map[string]string{
	"pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pacific time us canada": "America/Los_Angeles",
	"mst": "America/Denver", "mdt": "America/Denver", "mountain time us canada": "America/Denver", "arizona": "America/Phoenix",
	"cst": "America/Chicago", "cdt": "America/Chicago", "central time us canada": "America/Chicago",
	"est": "America/New_York", "edt": "America/New_York", "eastern time us canada": "America/New_York",
	"bst": "Europe/London", "london": "Europe/London", "cet": "Europe/Berlin", "cest": "Europe/Berlin", "jst": "Asia/Tokyo", "tokyo": "Asia/Tokyo",
	"aest": "Australia/Sydney", "aedt": "Australia/Sydney", "sydney": "Australia/Sydney", "ist": "Asia/Kolkata",
}

// zone is the zone that a source tells: by names beside its times, or since most shops
// with such exports are there.
func (s *Source) zone() (zone, why string) {
	for _, c := range s.table.columns {
		if folded := fold(c.name); folded != "time zone" && folded != "timezone" {
			continue
		}
		for _, v := range c.most {
			if found := zoneNames[fold(v)]; found != "" {
				return found, c.name + " says " + v
			}
			if _, err := time.LoadLocation(v); err == nil && strings.Contains(v, "/") {
				return v, c.name + " says so"
			}
		}
	}
	if s.kind != nil && s.kind.Zone != "" {
		return s.kind.Zone, "where most shops with such exports are"
	}
	return "", ""
}

// inUTC tells whether a source's times are those of UTC.
func (d *Draft) inUTC() bool {
	return slices.ContainsFunc(d.Sources, func(s *Source) bool { return s.find("timezone") != nil })
}

// offsets are the times of the sources that name their distance from UTC.
func (d *Draft) offsets() []time.Time {
	var all []time.Time
	for _, s := range d.Sources {
		at := s.timeColumn()
		if at == nil {
			continue
		}
		for _, v := range at.most {
			if t, ok := stamp(v); ok {
				all = append(all, t)
			}
		}
	}
	return all
}

// timeColumn is the column that the source's time is read from, if it is one.
func (s *Source) timeColumn() *column {
	d := s.find("columns.time")
	if d == nil {
		return nil
	}
	name := d.Value
	if len(d.List) > 0 {
		name = d.List[0]
	}
	for _, t := range append([]*table{s.table}, s.joins...) {
		if c := t.named(name); c != nil {
			return c
		}
	}
	return nil
}

// stamp reads a time that names its distance from UTC.
func stamp(v string) (time.Time, bool) {
	for _, layout := range []string{
		time.RFC3339Nano, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -07:00", "2006-01-02 15:04:05-07:00", "2006-01-02 15:04:05Z07:00",
		"2006-01-02 15:04:05.999999-07", "2006-01-02 15:04:05-07", "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05 MST",
	} {
		if t, err := time.Parse(layout, v); err == nil && (layout[len(layout)-3:] != "MST" || strings.HasSuffix(v, "UTC") || strings.HasSuffix(v, "GMT")) {
			return t, true
		}
	}
	return time.Time{}, false
}

// zones are those whose clocks are tried, one for each rule that many people
// live by.
var zones = []string{
	"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo", "America/Mexico_City",
	"Europe/London", "Europe/Berlin", "Europe/Helsinki", "Europe/Istanbul", "Asia/Dubai", "Asia/Kolkata", "Asia/Bangkok", "Asia/Shanghai",
	"Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
}

// zoneOf is the first zone whose clock shows all times as they are written;
// empty where there is none or they are those of UTC.
func zoneOf(stamps []time.Time) string {
	away := false
	for _, t := range stamps {
		_, offset := t.Zone()
		away = away || offset != 0
	}
	if !away {
		return ""
	}
	for _, name := range zones {
		zone, err := time.LoadLocation(name)
		if err == nil && !slices.ContainsFunc(stamps, func(t time.Time) bool {
			_, want := t.Zone()
			_, has := t.In(zone).Zone()
			return has != want
		}) {
			return name
		}
	}
	return ""
}

// signs are the currencies of the signs that stand beside amounts.
var signs = []struct{ sign, code string }{{"€", "EUR"}, {"£", "GBP"}, {"₹", "INR"}, {"R$", "BRL"}, {"NT$", "TWD"}, {"HK$", "HKD"}, {"CHF", "CHF"}, {"EUR", "EUR"}, {"USD", "USD"}, {"zł", "PLN"}, {"₩", "KRW"}, {"元", "CNY"}, {"￥", "CNY"}, {"$", "USD"}}

// currency decides in what money the job counts.
func (d *Draft) currency(a Answers) (Decision, error) {
	c := Decision{Source: -1, Key: "currency", Sure: Known}
	var codes []string
	for _, s := range d.Sources {
		column := s.currencyColumn()
		if column == nil {
			continue
		}
		found := slices.Clone(column.most)
		slices.SortStableFunc(found, func(x, y string) int { return column.values[y] - column.values[x] })
		for _, code := range found {
			if upper := strings.ToUpper(code); !slices.Contains(codes, upper) {
				codes = append(codes, upper)
			}
		}
		if d.rates == nil || len(found) < 2 {
			s.oneCurrency(column, found, a.Currency)
		} else if s.find("columns.currency") == nil {
			s.add(&Decision{Key: "columns.currency", Value: column.name, Why: "amounts are converted by the rates", Sure: Known})
			s.sortColumns()
		}
	}
	switch base := d.base(); {
	case a.Currency != "":
		c.Value, c.Why = a.Currency, "as you said"
	case base != "":
		c.Value, c.Why, c.Sure = base, "its rate is 1", Known
	case len(codes) == 1:
		c.Value, c.Why = codes[0], "all rows that were looked at have it"
	case len(codes) > 1:
		return c, &Question{
			Key: "currency", Flag: "currency " + codes[0], fits: aCurrency,
			Text: fmt.Sprintf("the amounts are in several currencies (%s), which cannot be added up: in which are the results to be? Rows in another are left out until there are rates", strings.Join(codes, ", ")),
		}
	default:
		c.Value, c.Why, c.Sure = d.signOf()
		if k := d.Sources[0].kind; c.Value == "" && k != nil && k.Money != "" {
			c.Value, c.Why, c.Sure = k.Money, "that of most shops with such exports", Likely
		}
		if c.Value == "" {
			c.Value, c.Off, c.Why = "EUR", true, "the export does not say; it is only shown beside amounts"
		}
	}
	return c, nil
}

// currencyColumn is the source's column of currencies.
func (s *Source) currencyColumn() *column {
	if s.kind != nil {
		if d := s.kind.decide("", s.kind.Currency, s.table); d != nil {
			return s.table.named(d.Value)
		}
	}
	if d := s.find("columns.currency"); d != nil {
		return s.table.named(d.Value)
	}
	if best := findRoles(s.table).best(roleCurrency); best != nil {
		return best.column
	}
	return nil
}

// oneCurrency leaves out the rows in another currency than the one asked for. Where all are in
// one, the column stays: a later export may have another.
func (s *Source) oneCurrency(c *column, found []string, want string) {
	s.Decisions = slices.DeleteFunc(s.Decisions, func(d Decision) bool { return d.Key == "columns.currency" })
	if len(found) == 1 && c.fill(s.table) == 1 && (want == "" || strings.EqualFold(want, found[0])) {
		s.add(&Decision{Key: "columns.currency", Value: c.name, Why: "a row in another currency stops the run, and is not added to the rest", Sure: Known})
		s.sortColumns()
	}
	if len(found) < 2 || want == "" {
		return
	}
	condition := fmt.Sprintf("upper(%s) = %s", identifier(c.name), text(strings.ToUpper(want)))
	if w := s.find("where"); w != nil {
		w.Value = "(" + w.Value + ") AND " + condition
	} else {
		s.add(&Decision{Key: "where", Value: condition, Sure: Known, Why: "amounts in other currencies cannot be added"})
	}
	s.add(&Decision{Key: "columns.currency", Off: true, Value: c.name, Why: "with it and rates: rates.csv (currency, rate) all rows count, converted"})
}

// inName is a currency in the name of a column, such as "Betrag CHF".
var inName = regexp.MustCompile(`(^|[^A-Za-z])(EUR|USD|GBP|CHF|CNY|RMB|JPY|INR|BRL|CAD|AUD|SEK|NOK|DKK|PLN|CZK|MXN|TWD|HKD|SGD|KRW)([^A-Za-z]|$)`)

// signOf is the currency of the sign that stands beside amounts, or in their column's
// name.
func (d *Draft) signOf() (code, why string, sure Sure) {
	for _, s := range d.Sources {
		amount := s.find("columns.amount")
		if amount == nil {
			continue
		}
		c := s.table.named(amount.Value)
		if c == nil || len(c.most) == 0 {
			continue
		}
		if found := inName.FindStringSubmatch(c.name); found != nil {
			return strings.Replace(found[2], "RMB", "CNY", 1), "the name of " + c.name + " says so", Likely
		}
		for _, sign := range signs {
			if strings.Contains(c.most[0], sign.sign) {
				return sign.code, "the sign " + sign.sign + " stands beside the amounts", Likely
			}
		}
	}
	return "", "", Guess
}

// dates decides how days and months are told apart, or asks.
func (d *Draft) dates(a Answers) error {
	for _, s := range d.Sources {
		if a.Numbers != "" {
			s.add(&Decision{Key: "numbers", Value: a.Numbers, Why: "as you said", Sure: Known})
		}
		s.decideNumbers()
		if a.Dates != "" {
			s.add(&Decision{Key: "dates", Value: a.Dates, Why: "as you said", Sure: Known})
			continue
		}
		c := s.timeColumn()
		if c == nil || s.find("dates") != nil {
			continue
		}
		if c.toldBelow {
			order := map[bool]string{true: "dmy", false: "mdy"}[c.dayFirst > 0]
			s.add(&Decision{Key: "dates", Value: order, Why: "rows below the first ones tell the day from the month", Sure: Likely})
		}
		if !c.ambiguousOnly() {
			continue
		}
		return &Question{
			Key: "dates", Flag: "dates dmy", fits: aDateOrder,
			Text: fmt.Sprintf("%s: dates such as %s in %s may have the day first or the month: which? dmy or mdy", s.Path, c.ambiguous(), c.name),
		}
	}
	return nil
}

// ambiguousOnly tells whether no date of a column tells its day from its month.
func (c *column) ambiguousOnly() bool {
	return c.either > 0 && c.dayFirst == 0 && c.monthFirst == 0
}

// ambiguous is the first date that may be read both ways.
func (c *column) ambiguous() string {
	for _, v := range c.most {
		if one := (&column{}); isDay(v) {
			if one.readOrder(v, 1); one.either > 0 {
				return v
			}
		}
	}
	return c.firstDate
}
