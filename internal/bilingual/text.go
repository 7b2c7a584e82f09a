package bilingual

// Text is a name for people to read, in the two languages of the reports.
// Files and programs use the key that it belongs to, which never changes with
// the language.
type Text struct {
	EN string
	ZH string
}

// In returns the text in the given language: "zh" for Chinese, English for
// everything else.
func (t Text) In(language string) string {
	if language == "zh" {
		return t.ZH
	}
	return t.EN
}
