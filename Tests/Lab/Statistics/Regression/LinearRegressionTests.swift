import LabNumerics
import LabStatistics
import Testing

/// Against the textbook formulas in NumPy (see `Fixtures/make_regression.py`).
@Suite struct LinearRegressionTests {
    struct Table: Decodable {
        struct Row: Decodable {
            let weighted: Bool
            let ridge: Double
            let robust: Bool
            let beta: [Double]
            let se: [Double]
            let freedom: Double
            let p: [Double]
            let half: [Double]
        }
        let design: [[Double]]
        let response: [Double]
        let weights: [Double]
        let rows: [Row]
    }

    @Test func knownAnswers() throws {
        let table: Table = try fixture("regression.json")
        #expect(table.rows.count == 8)
        for row in table.rows {
            let found = try LinearRegression(
                design: DoubleMatrix(table.design), response: table.response,
                weights: row.weighted ? table.weights : nil, ridge: row.ridge,
                errors: row.robust ? .robust : .classical)
            #expect(abs(found.degreesOfFreedom - row.freedom) < 1e-10)
            for (place, coefficient) in found.coefficients.enumerated() {
                #expect(abs(coefficient.value / row.beta[place] - 1) < 1e-10)
                #expect(abs(coefficient.standardError / row.se[place] - 1) < 1e-10)
                #expect(abs(coefficient.interval.width / 2 / row.half[place] - 1) < 1e-10)
                #expect(abs(found.pValues[place] - row.p[place]) < 1e-10)
            }
        }
    }

    @Test func refusals() throws {
        let twice = DoubleMatrix([[1, 2], [1, 2], [1, 2]])
        #expect(throws: NumericsError.singularMatrix(what: "the design")) {
            try LinearRegression(design: twice, response: [1, 2, 3])
        }
        #expect(try LinearRegression(design: twice, response: [1, 2, 3], ridge: 1).coefficients.count == 2)
        let line = DoubleMatrix([[1, 0], [1, 1], [1, 2]])
        #expect(throws: StatisticsError.self) { try LinearRegression(design: line, response: [1, 2]) }
        #expect(throws: StatisticsError.self) { try LinearRegression(design: line, response: [1, 2, .nan]) }
        #expect(throws: StatisticsError.self) { try LinearRegression(design: line, response: [1, 2, 3], ridge: -1) }
        #expect(throws: StatisticsError.self) {
            try LinearRegression(design: line, response: [1, 2, 3], weights: [1, 0, 1])
        }
    }
}
