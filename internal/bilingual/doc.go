// Package bilingual has texts in the two languages of the reports.
package bilingual
