package ledger

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"clientele/analytics/engine"
)

// A time that the engine's own notations do not cover is split: into a date, a clock, AM or
// PM, and a zone. The date is brought into one of few shapes: 2024/1/3, 3/1/2024, 3 Jan
// 2024, Jan 3 2024, 2024 Jan 3, whatever stood between its parts.

// clockPattern is a clock with what goes with it: Chinese words for a half of the day
// before it, AM or PM and a zone behind it.
const (
	zonePattern  = `Z|(?:UTC|GMT)? ?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5}`
	clockPattern = `(?:(上午|凌晨|早上|下午|中午|晚上) ?)?(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)(?: ?([AaPp])\.? ?[Mm]\b\.?)?(?: ?(` + zonePattern + `)\b)?(?: \([^()]*\))?`
	weekday      = `^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,? +|(?:星期|周|週)[一二三四五六日天]`
)

// splitDates are the shapes of dates in a split time. Years of two digits come first: the
// engine takes 3/1/24 for a day in the year 24 too.
var splitDates = []notation{
	{format: "%d %b %y", order: yearFirst, split: true}, // not to be mistaken either
	{format: "%b %d %y", order: yearFirst, split: true},
	{format: "%d %b %Y", order: yearFirst, split: true},
	{format: "%d %B %Y", order: yearFirst, split: true},
	{format: "%b %d %Y", order: yearFirst, split: true},
	{format: "%B %d %Y", order: yearFirst, split: true},
	{format: "%Y %b %d", order: yearFirst, split: true},
	{format: "%G W%V %u", order: yearFirst, split: true}, // week of the year, and its day
	{format: "%d/%m/%y", order: dayFirst, split: true},
	{format: "%d/%m/%Y", order: dayFirst, split: true},
	{format: "%m/%d/%y", order: monthFirst, split: true},
	{format: "%m/%d/%Y", order: monthFirst, split: true},
	{format: "%y/%m/%d", order: shortYearFirst, split: true},
	{format: "%Y%m%d", order: yearFirst, split: true},
	{format: "%Y/%m/%d", order: yearFirst, split: true},
}

// splitFormats are the shapes of dates of some orders.
func splitFormats(orders ...partOrder) (formats []string) {
	return splitFormatsOf(func(n notation) bool { return slices.Contains(orders, n.order) })
}

func splitFormatsOf(which func(notation) bool) (formats []string) {
	for _, n := range splitDates {
		if which(n) {
			formats = append(formats, n.format)
		}
	}
	return formats
}

// datePartSQL is the date of a split time in one of its shapes.
func datePartSQL(text string) string {
	date := fmt.Sprintf(`trim(regexp_replace(regexp_replace(%s, '[ T,]*(?:at )?%s', ' '), '%s', ' ', 'g'))`, clockWordsSQL(text), clockPattern, weekday)
	named := `replace(trim(regexp_replace(regexp_replace(` + date + `, '(\d)(?:st|nd|rd|th)\b', '\1'), '[-/., ]+', ' ', 'g')), 'Sept ', 'Sep ')`
	numbers := `regexp_replace(regexp_replace(` + date + `, '[ 日号號]', '', 'g'), '[年月.-]', '/', 'g')`
	return "CASE WHEN regexp_matches(" + date + ", '[A-Za-z]') THEN " + named + " ELSE " + numbers + " END"
}

// clockWordsSQL writes 10时22分 as 10:22, where a text has such words.
func clockWordsSQL(text string) string {
	clock := text
	for _, w := range [][2]string{{"時", "时"}, {"点", "时"}, {"點", "时"}} {
		clock = "replace(" + clock + ", '" + w[0] + "', '" + w[1] + "')"
	}
	clock = `regexp_replace(regexp_replace(` + clock + `, '(\d{1,2})时(\d{1,2})分(\d{1,2})秒', '\1:\2:\3'), '(\d{1,2})时(\d{1,2})分', '\1:\2')`
	return "CASE WHEN contains(" + text + ", '分') THEN " + clock + " ELSE " + text + " END"
}

// readDateSQL reads a date in one of the formats; NULL also for years before 1000, as
// which a format takes those of two digits, and for words: strptime reads infinity.
func readDateSQL(date string, formats []string) string {
	literals := make([]string, len(formats))
	for i, f := range formats {
		literals[i] = engine.Literal(f)
	}
	read := "try_strptime(" + date + ", [" + strings.Join(literals, ", ") + "])"
	return "CASE WHEN regexp_matches(" + date + `, '\d') AND ` + read + " >= TIMESTAMP '1000-01-01' THEN CAST(" + read + " AS DATE) END"
}

// splitDaySQL is the day of a split time: in a zone that the time names, or that of the
// clock on the wall.
func splitDaySQL(text string, formats []string, names zoneNames, at, wall func(string) string) string {
	const half = `CASE WHEN p.clock.half <> '' THEN p.clock.half WHEN p.clock.word IN ('下午', '中午', '晚上') THEN 'P' WHEN p.clock.word <> '' THEN 'A' ELSE '' END`
	const clock = `CASE WHEN p.clock.half = '' AND (p.clock.word = '' OR TRY_CAST(replace(p.clock.at, ',', '.') AS TIME) >= TIME '13:00:00') THEN TRY_CAST(replace(p.clock.at, ',', '.') AS TIME)
		ELSE CAST(try_strptime(replace(p.clock.at, ',', '.') || ' ' || ` + half + ` || 'M', ['%I:%M:%S %p', '%I:%M %p', '%I:%M:%S.%f %p']) AS TIME) END`
	parts := "{'date': " + datePartSQL(text) + ", 'clock': regexp_extract(" + clockWordsSQL(text) + ", '" + clockPattern + "', ['word', 'at', 'half', 'zone'])}"
	read := "{'date': " + readDateSQL("p.date", formats) + ", 'none': p.clock.at = '', 'clock': " + clock + ", 'wall': p.clock.zone IN (" + names.walls() + "), 'minutes': " + names.minutesSQL("p.clock.zone") + "}"
	day := `CASE WHEN t.none OR t.date IS NULL THEN t.date
		WHEN t.wall THEN ` + wall("(t.date + t.clock)") + `
		ELSE ` + at("timezone('UTC', t.date + t.clock - to_minutes(t.minutes))") + ` END`
	return "list_transform(list_transform([" + parts + "], lambda p: " + read + "), lambda t: " + day + ")[1]"
}

// zoneNames are the names of a zone's own clocks, such as PST and PDT, with their minutes
// from UTC.
type zoneNames map[string]int

// namesOf are the names that a zone has had for its clocks. Those that have meant several
// times are not among them; they are what the clock on the wall showed.
func namesOf(zone string) (names zoneNames, several []string) {
	names = zoneNames{}
	location, err := time.LoadLocation(zone)
	if err != nil {
		return names, nil
	}
	const firstYear, lastYear = 1990, 2037 // of the times that shops have; the last of 32-bit tables of zones
	for t := time.Date(firstYear, 1, 15, 0, 0, 0, 0, time.UTC); t.Year() <= lastYear; t = t.AddDate(0, 1, 0) {
		name, seconds := t.In(location).Zone()
		if strings.ContainsAny(name, "+-0123456789") {
			continue
		}
		if known, is := names[name]; is && known != seconds/60 && !slices.Contains(several, name) {
			several = append(several, name)
		}
		names[name] = seconds / 60
	}
	for _, name := range several {
		delete(names, name)
	}
	return names, several
}

// wallNames is how names that mean what the clock on the wall showed are kept: by no
// number of minutes that an offset has.
const wallNames = 1 << 20

// zoneNamesOf are the names of a zone as times are read by them.
func zoneNamesOf(zone string) zoneNames {
	names, several := namesOf(zone)
	for _, name := range several {
		names[name] = wallNames
	}
	for _, utc := range []string{"UTC", "GMT", "UT", "Z"} {
		names[utc] = 0
	}
	return names
}

// walls lists what stands where a time is what the clock on the wall showed.
func (z zoneNames) walls() string {
	list := []string{"''"}
	for _, name := range slices.Sorted(maps.Keys(z)) {
		if z[name] == wallNames {
			list = append(list, "'"+name+"'")
		}
	}
	return strings.Join(list, ", ")
}

// minutesSQL is how far a zone is from UTC; NULL where that is not known.
func (z zoneNames) minutesSQL(zone string) string {
	offset := `regexp_full_match(` + zone + `, '(?:UTC|GMT)? ?[+-](?:(?:0?\d|1[0-7])(?::?[0-5]\d)?|18(?::?00)?)')`
	hours := `60 * CAST(regexp_extract(` + zone + `, '([+-]\d{1,2})', 1) AS INTEGER)`
	minutes := `coalesce(TRY_CAST(regexp_extract(` + zone + `, '[+-]\d{2}:?(\d{2})$', 1) AS INTEGER), 0)`
	var sql strings.Builder
	sql.WriteString("CASE WHEN " + offset + " THEN " + hours + " + CASE WHEN contains(" + zone + ", '-') THEN -1 ELSE 1 END * " + minutes)
	for _, name := range slices.Sorted(maps.Keys(z)) {
		if z[name] != wallNames {
			fmt.Fprintf(&sql, " WHEN %s = '%s' THEN %d", zone, name, z[name])
		}
	}
	return sql.String() + " END"
}
