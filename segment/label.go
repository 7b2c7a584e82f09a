package segment

// Label is a name for people to read, in the two languages of the reports.
// Files and programs use the key that it belongs to, which never changes with
// the language.
type Label struct {
	EN string
	ZH string
}

// In returns the label in the given language: "zh" for Chinese, English for
// everything else.
func (l Label) In(language string) string {
	if language == "zh" {
		return l.ZH
	}
	return l.EN
}
