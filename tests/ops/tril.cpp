#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/tril.hpp>

namespace xgrad {
namespace {

OperatorSamples triangle_samples(const std::string& name, Tensor (*function)(const Tensor&, std::int64_t)) {
  return {
      .samples =
          [=] {
            std::vector<Sample> samples;
            const auto add = [&](std::string label, Extents shape, std::int64_t offset) {
              samples.push_back({std::move(label),
                                 {sample_values(shape)},
                                 [=](auto x) { return function(x[0], offset); },
                                 {{"offset", {static_cast<double>(offset)}}}});
            };
            add("matrix", {3, 3}, 0);
            add("wide, another diagonal", {2, 4}, 1);
            add("tall, another diagonal", {4, 2}, -1);
            add("of each matrix", {2, 3, 3}, 0);
            add("past the corner", {2, 2}, 5);
            add("one element", {1, 1}, 0);
            add("no elements", {0, 2, 2}, 0);
            return samples;
          },
      .rejections =
          [=] {
            return std::vector<Rejection>{
                {"a vector", [=] { function(input({3}), 0); },
                 name + ": expected at least two axes, the last two with numbers as their sizes, but got shape (3,)"},
                {"a symbol",
                 [=] {
                   function(input({batch, 3}), 0);
                 },
                 name + ": expected at least two axes, the last two with numbers as their sizes, but got shape (batch, "
                        "3)"}};
          },
  };
}

}  // namespace

static const RegisterSamples samples_of_tril{"tril", triangle_samples("tril", tril)};

static const RegisterSamples samples_of_triu{"triu", triangle_samples("triu", triu)};

}  // namespace xgrad
