#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/eigh.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/sign.hpp>
#include <xgrad/ops/sum.hpp>
#include <xgrad/ops/value_gaps.hpp>

#include "matrix_samples.hpp"

namespace xgrad {

static const RegisterSamples samples_of_eigh{
    "eigh",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              // Made symmetric first, so that the symmetric gradient is that of every element. Signs are made to give
              // columns positive sums.
              const auto add = [&](const std::string& label, Array x) {
                samples.push_back({"eigenvalues: " + label,
                                   {x},
                                   [](auto x) { return eigh(x[0] + transposed(x[0])).eigenvalues; },
                                   {{"part", {0}}}});
                samples.push_back({"eigenvectors: " + label,
                                   {x},
                                   [](auto x) {
                                     const auto vectors = eigh(x[0] + transposed(x[0])).eigenvectors;
                                     return vectors * sign(sum(vectors, -2, true));
                                   },
                                   {{"part", {1}}}});
              };
              add("matrix", separated_values({3, 3}));
              add("stack", separated_values({3, 2, 2}));
              add("two leading axes", separated_values({2, 1, 2, 2}));
              add("one element", sample_values({1, 1}, -2, -1));
              add("no matrices", sample_values({0, 2, 2}));
              add("matrices of nothing", sample_values({2, 0, 0}));
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"not square",
                   [] {
                     eigh(input({batch, 2, 3}));
                   },
                   "eigh: expected square matrices in the last two axes, but got shape (batch, 2, 3)"},
                  {"a symbol",
                   [] {
                     eigh(input({batch, batch}));
                   },
                   "eigh: expected matrices of a known size in the last two axes, but got shape (batch, batch)"},
                  {"integers",
                   [] {
                     eigh(input({2, 2}, {}, DType::int32));
                   },
                   "eigh: expected float32 or float64"}};
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({2, 0, 0, 2}, {2, 2})},
                                               .value = {2, 2},
                                               .gradient = {1, 0, 0, 1},
                                               .arguments = ".eigenvalues",
                                               .build = [](auto x) { return eigh(x[0]).eigenvalues; }}};
            },
    }};

}  // namespace xgrad
