#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/diag.hpp>
#include <xgrad/ops/dot.hpp>
#include <xgrad/ops/reshape.hpp>
#include <xgrad/ops/transpose.hpp>

namespace xgrad {
namespace {

/// Of what reads a diagonal in the plane of two axes.
OperatorSamples plane_samples(std::string name,
                              Tensor (*function)(const Tensor&, std::int64_t, std::int64_t, std::int64_t)) {
  return {
      .samples =
          [=] {
            std::vector<Sample> samples;
            const auto add = [&](std::string label, Extents shape, std::int64_t offset, std::int64_t axis1,
                                 std::int64_t axis2) {
              samples.push_back({std::move(label),
                                 {sample_values(shape)},
                                 [=](auto x) { return function(x[0], offset, axis1, axis2); },
                                 {{"offset", {static_cast<double>(offset)}},
                                  {"axes", {static_cast<double>(axis1), static_cast<double>(axis2)}}}});
            };
            add("of a wide matrix", {2, 4}, 0, 0, 1);
            add("of a tall matrix", {4, 2}, 0, 0, 1);
            add("above", {3, 4}, 2, 0, 1);
            add("below", {4, 3}, -2, 0, 1);
            add("of each matrix", {2, 3, 3}, 1, -2, -1);
            add("first and last axis", {3, 2, 3}, -1, 0, 2);
            add("axes exchanged", {2, 3, 2}, 1, 2, 1);
            add("one element", {1, 1}, 0, 0, 1);
            add("outside", {2, 3}, 3, 0, 1);
            add("outside below", {2, 3}, -7, 0, 1);
            add("no elements", {0, 2, 2}, 0, 1, 2);
            return samples;
          },
      .rejections =
          [=] {
            return std::vector<Rejection>{
                {"a vector", [=] { function(input({3}), 0, 0, 1); }, name + ": axis 1 does not exist"},
                {"one axis twice",
                 [=] {
                   function(input({2, 3}), 0, 1, -1);
                 },
                 name + ": axis 1 is named twice"},
                {"a symbol",
                 [=] {
                   function(input({batch, 3}), 0, 0, 1);
                 },
                 name + ": expected axis 0 of shape (batch, 3) to have a number as its size, but got batch"}};
          },
  };
}

}  // namespace

static const RegisterSamples samples_of_diagonal{"diagonal", plane_samples("diagonal", diagonal)};

static const RegisterSamples samples_of_trace{"trace", plane_samples("trace", trace)};

static const RegisterSamples samples_of_diag{
    "diag",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, std::int64_t offset) {
                samples.push_back({std::move(label),
                                   {sample_values(shape)},
                                   [=](auto x) { return diag(x[0], offset); },
                                   {{"offset", {static_cast<double>(offset)}}}});
              };
              add("vector", {3}, 0);
              add("vector above", {2}, 2);
              add("vector below", {3}, -1);
              add("matrix", {2, 3}, 0);
              add("matrix above", {3, 3}, 1);
              samples.push_back({"of a Gram matrix",
                                 {sample_values({3, 2})},
                                 [](auto x) { return diag(dot(transpose(x[0]), x[0])); },
                                 {{"gram", {1}}}});
              add("one element", {1}, 0);
              add("no elements", {0}, 0);
              add("zeros around no elements", {0}, 2);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"a scalar", [] { diag(input({})); }, "diag: expected a vector or a matrix, but got shape ()"},
                  {"three axes",
                   [] {
                     diag(input({2, 3, 4}));
                   },
                   "diag: expected a vector or a matrix, but got shape (2, 3, 4)"},
                  {"a symbol", [] { diag(input({batch})); },
                   "diag: expected axis 0 of shape (batch,) to have a number as its size, but got batch"}};
            },
    }};

}  // namespace xgrad
