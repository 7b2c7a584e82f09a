package job

import (
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/feeds/shapes"
)

// readFeeds reads which engines are given what; nil: none. The stages and the output must
// have been read, as feeds take from them.
func readFeeds(root *section, j *Job) (out []Feed) {
	items, _ := root.items("feeds", "a list of feeds, such as [{shape: klaviyo}]")
	for i, item := range items {
		s := newSection(root.reader, join(root.key("feeds"), strconv.Itoa(i)), item, item.at, "a mapping with shape")
		f, ok := readFeed(s, j)
		if slices.ContainsFunc(out, func(other Feed) bool { return other.Shape == f.Shape }) {
			s.fail("shape", "%s is listed twice; keep one", quoted(f.Shape))
		}
		if ok {
			out = append(out, f)
		}
	}
	return out
}

func readFeed(s *section, j *Job) (f Feed, ok bool) {
	choice(s, "shape", "shape", &f.Shape, shapes.Names()...)
	if s.value("shape") == nil {
		s.missing("shape", "what the engine takes: "+alternatives(shapes.Names()))
	}
	// All keys are asked for, so that they are known whatever the shape is.
	s.value("send")
	s.value("ids")
	s.value("properties")
	shape, ok := shapes.Named(f.Shape)
	if ok {
		f.Send = readSend(s, j)
		f.IDs = readFeedIDs(s, j, shape)
		f.Properties = readProperties(s, j, shape)
	}
	s.done()
	return f, ok
}

// readSend reads which files are written; unless it is said, all that the job has.
func readSend(s *section, j *Job) []string {
	has := map[string]bool{SendProfiles: true, SendTiers: j.Tiers != nil, SendLists: j.Activation != nil && len(j.Activation.Campaigns) > 0}
	needs := map[string]string{SendTiers: "tiers", SendLists: "activation.campaigns"}
	if s.value("send") == nil {
		return slices.DeleteFunc(slices.Clone(Sends), func(what string) bool { return !has[what] })
	}
	names, _ := readDistinct(s, "send", "thing to send", "a list of "+alternatives(Sends))
	for i, item := range s.value("send").items {
		path := join(s.key("send"), strconv.Itoa(i))
		switch {
		case !slices.Contains(names, item.text):
		case !slices.Contains(Sends, item.text):
			s.report(item.at, path, "%s", unknown("thing to send", item.text, Sends))
		case !has[item.text]:
			s.report(item.at, path, "%s needs %s, which the job does not have; give it or remove %s", item.text, needs[item.text], item.text)
		}
	}
	return names
}

// readFeedIDs reads by what the engine knows a customer: the shape's own fields first.
func readFeedIDs(s *section, j *Job, shape *shapes.Shape) shapes.Fields {
	given := readFields(s, "ids", "a mapping of the engine's ids and columns of customers, such as {email: email}", j)
	out := slices.Clone(shape.IDs)
	for _, f := range given {
		if !shape.TakesID(f.Name) {
			s.report(s.where("ids"), s.key("ids"), "%s is no id of %s; want %s", quoted(f.Name), shape.Name, alternatives(shape.IDNames()))
			continue
		}
		if i := slices.IndexFunc(out, func(o shapes.Field) bool { return o.Name == f.Name }); i >= 0 {
			out[i] = f
		} else {
			out = append(out, f)
		}
	}
	for _, f := range out {
		switch why := j.lacksColumn(f.Column); {
		case why != "" && !slices.Contains(given, f): // of those that are given it is told where they are
			s.fail("ids", "%s goes by the column %s, which needs %s", shape.Name, f.Column, why)
		case f.Column == "":
			s.fail("ids", "%s knows customers by %s; needs the column of customers that has it, such as ids: {%s: phone}", shape.Name, f.Name, f.Name)
		}
	}
	return out
}

// readProperties reads what a profile has; unless it is said, what the shape names of what
// the job publishes.
func readProperties(s *section, j *Job, shape *shapes.Shape) shapes.Fields {
	if s.value("properties") == nil {
		return slices.DeleteFunc(slices.Clone(shape.Profiles), func(f shapes.Field) bool { return j.lacksColumn(f.Column) != "" })
	}
	return readFields(s, "properties", "columns of customers, such as [clv, tier] or {value: clv}", j)
}

// readFields reads columns of customers, in a list or under other names.
func readFields(s *section, key, wanted string, j *Job) (out shapes.Fields) {
	v := s.value(key)
	switch {
	case v == nil:
		return nil
	case v.kind == list && key == "properties":
		names, _ := readDistinct(s, key, "column", wanted)
		for i, item := range v.items {
			if slices.Contains(names, item.text) {
				s.checkColumn(item, join(s.key(key), strconv.Itoa(i)), j)
				out = append(out, shapes.Field{Name: item.text, Column: item.text})
			}
		}
		return out
	case v.kind != mapping:
		s.fail(key, "%s is not %s", v, wanted)
		return nil
	case len(v.entries) == 0:
		s.fail(key, "is empty; want %s", wanted)
	}
	for _, e := range v.entries {
		path := join(s.key(key), e.key)
		if e.value.kind != scalar || strings.HasPrefix(e.key, "$") {
			s.report(e.at, path, "%s is not a column of customers under a name of the engine; want %s", e.value, wanted)
			continue
		}
		s.checkColumn(e.value, path, j)
		out = append(out, shapes.Field{Name: e.key, Column: e.value.text})
	}
	return out
}
