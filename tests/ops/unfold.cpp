#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/unfold.hpp>

namespace xgrad {
namespace {

/// A window over x, and how tests are told of it.
struct UnfoldCase {
  std::string label;
  Extents x;
  std::vector<std::int64_t> size;
  WindowOptions options = {};
  std::map<std::string, std::vector<double>> arguments = {};
};

const std::vector<UnfoldCase>& cases() {
  static const std::vector<UnfoldCase> all{
      {"two axes", {2, 3, 3, 1}, {2, 2}},
      {"strides and channels", {1, 5, 3, 2}, {2, 1}, {.strides = {3, 2}}, {{"strides", {3, 2}}}},
      {"padding", {2, 3, 1, 2}, {3, 1}, {.padding = {1, 0}}, {{"before", {1, 0}}, {"after", {1, 0}}}},
      {"same", {1, 4, 3, 1}, {2, 2}, {.strides = 2, .padding = "same"}, {{"strides", {2, 2}}, {"after", {0, 1}}}},
      {"dilation", {1, 4, 3, 2}, {2, 2}, {.dilation = {3, 2}}, {{"dilation", {3, 2}}}},
      {"one axis, padding after", {2, 4, 2}, {3}, {.padding = {{0, 1}}}, {{"after", {1}}}},
      {"three axes", {1, 2, 3, 2, 1}, {2, 2, 1}, {.padding = {0, 0, 1}}, {{"before", {0, 0, 1}}, {"after", {0, 0, 1}}}},
      {"more padding than elements", {2, 1, 2}, {3}, {.padding = 3}, {{"before", {3}}, {"after", {3}}}},
      {"one element", {1, 1, 1, 1}, {1, 1}},
      {"no samples", {0, 3, 3, 2}, {2, 2}},
      {"no channels", {2, 3, 0}, {2}},
  };
  return all;
}

std::vector<Sample> samples(bool folds) {
  std::vector<Sample> result;
  for (const auto& [label, x, size, options, arguments] : cases()) {
    auto all = arguments;
    all["size"] = {size.begin(), size.end()};
    const WindowSizes window(size);
    if (folds) {
      const WindowSizes spatial(std::vector(x.begin() + 1, x.end() - 1));
      all["spatial"] = {x.begin() + 1, x.end() - 1};
      const auto patches = unfold(input(Shape(x)), window, options).shape().extents();
      result.push_back({label,
                        {sample_values(patches)},
                        [=, options = options](auto inputs) { return fold(inputs[0], spatial, window, options); },
                        std::move(all)});
    } else {
      result.push_back({label,
                        {sample_values(x)},
                        [=, options = options](auto inputs) { return unfold(inputs[0], window, options); },
                        std::move(all)});
    }
  }
  return result;
}

}  // namespace

static const RegisterSamples samples_of_unfold{
    "unfold",
    {
        .samples = [] { return samples(false); },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"a window larger than x",
                   [] {
                     unfold(input({batch, 4, 3, 1}), {2, 5});
                   },
                   "unfold: x (batch, 4, 3, 1) and windows (2, 5) do not fit: along axis 2 a window spans 5 elements, "
                   "but "
                   "there are 3, padding included"},
                  {"more padding than window",
                   [] {
                     unfold(input({2, 4, 1}), 2, {.padding = {{0, 3}}});
                   },
                   "along axis 1 there are 0 elements of padding before and 3 after, more than the 2 that a window "
                   "spans"},
                  {"strides of another count",
                   [] {
                     unfold(input({2, 4, 4, 1}), 2, {.strides = {1, 2, 3}});
                   },
                   "unfold: expected strides for each of 2 axes, but got 3 of them, 1, 2, 3"},
                  {"stride 0",
                   [] {
                     unfold(input({2, 4, 1}), 2, {.strides = 0});
                   },
                   "unfold: expected strides of 1 or more, but got 0"},
                  {"negative padding",
                   [] {
                     unfold(input({2, 4, 1}), 2, {.padding = -1});
                   },
                   "unfold: expected padding of 0 or more, but got -1 before and -1 after"},
                  {"padding of an unknown name",
                   [] {
                     unfold(input({2, 4, 1}), 2, {.padding = "full"});
                   },
                   "padding: expected \"valid\", \"same\" or numbers, but got \"full\""},
                  {"a symbol to move along",
                   [] {
                     unfold(input({2, batch, 1}), 2);
                   },
                   "unfold: expected sizes to be numbers along the axes that a window moves along, but axis 1 of shape "
                   "(2, "
                   "batch, 1) is batch"},
                  {"no axis to move along",
                   [] {
                     unfold(input({2, 4}), 2);
                   },
                   "unfold: expected x to have samples first, one to three axes for a window to move along"},
                  {"integers",
                   [] {
                     unfold(input({2, 4, 1}, {}, DType::int32), 2);
                   },
                   "unfold: expected float32 or float64, but got int32"},
              };
            },
    }};

static const RegisterSamples samples_of_fold{"fold",
                                             {
                                                 .samples = [] { return samples(true); },
                                                 .rejections =
                                                     [] {
                                                       return std::vector<Rejection>{
                                                           {"patches of other windows",
                                                            [] {
                                                              fold(input({batch, 3, 3, 8}), {4, 5}, {2, 2});
                                                            },
                                                            "fold: expected patches of shape (batch, 3, 4, 4*c), what "
                                                            "unfold makes of elements (4, 5) and windows "
                                                            "(2, 2), but got (batch, 3, 3, 8)"},
                                                           {"taps that do not divide the channels",
                                                            [] {
                                                              fold(input({batch, 3, 3}), 4, 2);
                                                            },
                                                            "but got (batch, 3, 3)"},
                                                           {"a window larger than the result",
                                                            [] {
                                                              fold(input({2, 3, 2}), 1, 2);
                                                            },
                                                            "fold: elements (1,) and windows (2,) do not fit: along "
                                                            "axis 1 a window spans 2 elements, but there are "
                                                            "1"},
                                                           {"integers",
                                                            [] {
                                                              fold(input({2, 3, 2}, {}, DType::int32), 4, 2);
                                                            },
                                                            "fold: expected float32 or float64, but got int32"},
                                                       };
                                                     },
                                             }};

}  // namespace xgrad
