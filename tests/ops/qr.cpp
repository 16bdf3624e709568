#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/diag.hpp>
#include <xgrad/ops/expand_dims.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/qr.hpp>
#include <xgrad/ops/sign.hpp>

#include "matrix_samples.hpp"

namespace xgrad {

static const RegisterSamples samples_of_qr{
    "qr",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              // With positive signs on the diagonal of r, the factors are unique.
              const auto add = [&](const std::string& label, Array x) {
                const auto sample = [&](std::string name, double part, auto build) {
                  samples.push_back({std::move(name), {x}, build, {{"part", {part}}}});
                };
                const auto signs = [](const QrFactors& factors) { return sign(diagonal(factors.r, 0, -2, -1)); };
                sample("q: " + label, 0, [=](auto x) {
                  const auto factors = qr(x[0]);
                  return factors.q * expand_dims(signs(factors), -2);
                });
                sample("r: " + label, 1, [=](auto x) {
                  const auto factors = qr(x[0]);
                  return factors.r * expand_dims(signs(factors), -1);
                });
              };
              for_each_sample_matrix(add);
              add("matrices of no columns", sample_values({2, 3, 0}));
              return samples;
            },
        .rejections = [] { return matrix_rejections("qr", [](const Tensor& x) { qr(x); }); },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0, 0, 0, 0}, {2, 2})},
                                               .value = {0, 0, 0, 0},
                                               .arguments = ".r",
                                               .build = [](auto x) { return qr(x[0]).r; }}};
            },
    }};

}  // namespace xgrad
