#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/pad.hpp>

namespace xgrad {

static const RegisterSamples samples_of_pad{
    "pad",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, std::vector<PadWidths> widths,
                                   PadMode mode = PadMode::constant, double value = 0) {
                std::map<std::string, std::vector<double>> arguments{{"mode", {static_cast<double>(mode)}},
                                                                     {"value", {value}}};
                for (const auto& [before, after] : widths) {
                  arguments["before"].push_back(static_cast<double>(before));
                  arguments["after"].push_back(static_cast<double>(after));
                }
                samples.push_back({std::move(label),
                                   {sample_values(shape)},
                                   [=](auto x) { return pad(x[0], widths, mode, value); },
                                   std::move(arguments)});
              };
              add("zeros", {2, 3}, {{1, 0}, {2, 1}});
              add("a number", {3, 2}, {{0, 0}, {0, 2}}, PadMode::constant, -1.5);
              add("three axes", {2, 2, 2}, {{0, 1}, {0, 0}, {1, 0}});
              add("edge", {2, 3}, {{1, 2}, {2, 1}}, PadMode::edge);
              add("edge of columns", {3, 2}, {{0, 0}, {1, 3}}, PadMode::edge);
              add("reflect", {2, 4}, {{1, 0}, {3, 2}}, PadMode::reflect);
              add("reflect more than once", {3}, {{5, 3}}, PadMode::reflect);
              add("reflect of one", {1, 2}, {{1, 1}, {0, 0}}, PadMode::reflect);
              add("nothing added", {2, 2}, {{0, 0}, {0, 0}});
              add("scalar", {}, {});
              add("one element", {1}, {{0, 0}}, PadMode::edge);
              add("no elements", {0, 2}, {{0, 0}, {1, 1}});
              add("to no elements", {0}, {{2, 1}});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"too few widths",
                   [] {
                     pad(input({2, 3}), {{1, 1}});
                   },
                   "pad: expected widths for each axis of shape (2, 3), but got 1"},
                  {"a negative width",
                   [] {
                     pad(input({3}), {{1, -1}});
                   },
                   "pad: expected widths of 0 or more, but got {1, -1} for axis 0"},
                  {"a symbol",
                   [] {
                     pad(input({batch, 3}), {{1, 0}, {0, 0}});
                   },
                   "pad: expected widths {0, 0} for axis 0 of shape (batch, 3)"},
                  {"the edge of nothing",
                   [] {
                     pad(input({2, 0}), {{0, 0}, {1, 1}}, PadMode::edge);
                   },
                   "pad: axis 1 of shape (2, 0) is empty"},
                  {"a value the dtype does not hold",
                   [] {
                     pad(input({3}, {}, DType::int32), {{1, 1}}, PadMode::constant, 0.5);
                   },
                   "pad: "},
              };
            },
    }};

}  // namespace xgrad
