package job

import (
	"regexp"
	"strings"
	"time"
)

// readJob fills in what the file says. The job comes with its defaults.
func (r *reader) readJob(root *node, j *Job, today func() time.Time) {
	s := newSection(r, "", root, root.at, "a job file; want a mapping with at least the keys name and sources")
	r.onSpark = s.node.lookup("engine") != nil && s.node.lookup("engine").kind == mapping
	readName(s, j)
	if zone := readZone(s, &j.Timezone); zone != nil {
		j.Location = zone
	}
	readAsOf(s, j, today)
	readCurrency(s, j)
	readRates(s, j)
	j.Sources = readSources(s)
	j.Identity = readIdentity(s, j.Sources)
	j.Hierarchy = readHierarchy(s, j)
	j.Consent = readConsent(s, j.Sources)
	j.RFM = readRFM(s, j.RFM)
	j.CLV = readCLV(s, j.CLV, j.Sources)
	j.Stages = readStages(s, j.Stages)
	j.Tiers = readTiers(s, j)
	j.Guard = readGuard(s)
	j.Pyramid = readPyramid(s, j)
	j.Referral = readReferral(s, j)
	readQuality(s, &j.Quality)
	j.Activation = readActivation(s, j)
	readOutput(s, j)
	checkFilesOfActivation(s, j)
	j.Feeds = readFeeds(s, j)
	readEngine(s, &j.Engine)
	readCache(s, j)
	refuseOnSpark(s, j)
	s.done()
}

// folderName is a name that is safe as a folder on every system: no separator,
// nothing that a shell or a file manager treats as its own.
var folderName = regexp.MustCompile(`^[\p{L}\p{N}_-][\p{L}\p{M}\p{N}._-]*$`)

// readName reads the name, which becomes the folder of the publications.
func readName(s *section, j *Job) {
	const longest = 100 // bytes; file systems stop at 255 for a folder
	s.required("name", "a name for the job: its publications go to a folder of that name", &j.Name)
	switch {
	case j.Name == "":
	case len(j.Name) > longest:
		s.fail("name", "%s is too long for a folder; want at most %d bytes", quoted(j.Name), longest)
	case !folderName.MatchString(j.Name):
		s.fail("name", "%s is not fit for a folder; want letters, digits, . _ and -, not beginning with a dot%s", quoted(j.Name), writeName(j.Name))
	}
}

// writeName is the end of a message that says what name to write.
func writeName(name string) string {
	if fit := FitName(name); fit != "" {
		return "; write name: " + fit
	}
	return ""
}

// notInName are the signs that a name of a job has none of.
var notInName = regexp.MustCompile(`[^\p{L}\p{M}\p{N}._-]+`)

// FitName makes a name for a job of any text, with - for what cannot stand in it;
// empty where nothing of it can.
func FitName(text string) string {
	return strings.Trim(notInName.ReplaceAllString(text, "-"), "-.\u200d")
}

// readZone reads a time zone and loads it; nil where there is none to load.
// `Local` would make the result depend on the machine, so it is no zone here.
func readZone(s *section, into *string) *time.Location {
	var name string
	s.text("timezone", &name)
	if name == "" {
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		s.fail("timezone", "unknown time zone %s; %s", quoted(name), zoneSuggestion(name))
		return nil
	}
	*into = name
	return zone
}

// readAsOf reads the last day that counts; the default is today.
func readAsOf(s *section, j *Job, today func() time.Time) {
	clock := func() AsOf { return dayOf(today(), j.Location) }
	if s.value("as_of") == nil {
		j.AsOf = clock()
		return
	}
	text, ok := s.scalar("as_of", "a date such as 2011-12-10, latest or today")
	if !ok {
		return
	}
	day, err := parseAsOf(text, clock)
	if err != nil {
		s.fail("as_of", "%v", err)
		return
	}
	j.AsOf = day
}

// currencyCode is the shape of an ISO 4217 code. The code is only shown, never
// converted, so the list of those in use need not be known.
var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

// readCurrency reads the currency, which may stay unknown.
func readCurrency(s *section, j *Job) {
	s.text("currency", &j.Currency)
	if j.Currency == "" || currencyCode.MatchString(j.Currency) {
		return
	}
	upper := strings.ToUpper(j.Currency)
	if currencyCode.MatchString(upper) {
		s.fail("currency", "%s is not a currency code; did you mean %s?", quoted(j.Currency), quoted(upper))
		return
	}
	s.fail("currency", "%s is not a currency code; want three capital letters such as GBP", quoted(j.Currency))
}
