#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sign.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/svd.hpp>

#include "matrix_samples.hpp"

namespace xgrad {

static const RegisterSamples samples_of_svd{
    "svd",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              // Signs are made to give singular vectors positive sums.
              for_each_sample_matrix([&](const std::string& label, const Array& x) {
                const auto sample = [&](std::string part, double number, auto build) {
                  samples.push_back({std::move(part) + ": " + label, {x}, build, {{"part", {number}}}});
                };
                sample("u", 0, [](auto x) {
                  const auto u = svd(x[0]).u;
                  return u * sign(sum(u, -2, true));
                });
                sample("s", 1, [](auto x) { return svd(x[0]).s; });
                sample("vt", 2, [](auto x) {
                  const auto vt = svd(x[0]).vt;
                  return vt * sign(sum(vt, -1, true));
                });
              });
              return samples;
            },
        .rejections = [] { return matrix_rejections("svd", [](const Tensor& x) { svd(x); }); },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({2, 0, 0, 2}, {2, 2})},
                                               .value = {2, 2},
                                               .gradient = {1, 0, 0, 1},
                                               .arguments = ".s",
                                               .build = [](auto x) { return svd(x[0]).s; }}};
            },
    }};

static const RegisterSamples samples_of_svdvals{
    "svdvals",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              for_each_sample_matrix([&](const std::string& label, const Array& x) {
                samples.push_back({label, {x}, [](auto x) { return svdvals(x[0]); }});
              });
              return samples;
            },
        .rejections = [] { return matrix_rejections("svdvals", [](const Tensor& x) { svdvals(x); }); },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({2, 0, 0, 2}, {2, 2})},
                                               .value = {2, 2},
                                               .gradient = {1, 0, 0, 1},
                                               .build = [](auto x) { return svdvals(x[0]); }},
                                              {.inputs = {special_array({0, 0, 0, 0}, {2, 2})},
                                               .value = {0, 0},
                                               .build = [](auto x) { return svdvals(x[0]); }}};
            },
    }};

}  // namespace xgrad
