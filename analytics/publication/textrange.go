package publication

import "github.com/apache/arrow-go/v18/parquet/metadata"

// mayHoldText tells whether a column chunk of text may hold a text, by the least and the
// greatest that it says it has.
func mayHoldText(chunk *metadata.ColumnChunkMetaData, text string) bool {
	of, err := chunk.Statistics()
	texts, are := of.(*metadata.ByteArrayStatistics)
	if err != nil || !are || !texts.HasMinMax() {
		return true
	}
	return string(texts.Min()) <= text && text <= string(texts.Max())
}
