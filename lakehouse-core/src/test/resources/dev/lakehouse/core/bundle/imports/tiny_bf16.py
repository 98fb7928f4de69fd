# SPDX-License-Identifier: Apache-2.0
"""Makes tiny_bf16.pt (torch 2.13): words looked up in a table and projected, in bf16.

The weights are drawn from a seed; the tests read them out of the archive.
"""
import os
import zipfile

import torch


class Tiny(torch.nn.Module):
    def __init__(self):
        super().__init__()
        generator = torch.Generator().manual_seed(1)
        self.words = torch.nn.Parameter(torch.randn(88, 16, generator=generator).bfloat16())
        self.projection = torch.nn.Parameter(torch.randn(16, 32, generator=generator).bfloat16())

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        return torch.matmul(self.words[input_ids], self.projection).float()


torch.jit.script(Tiny().eval()).save("whole.pt")
with zipfile.ZipFile("whole.pt") as whole, zipfile.ZipFile("tiny_bf16.pt", "w") as kept:
    for entry in whole.infolist():
        if not entry.filename.endswith(".debug_pkl"):  # where this script is
            name = entry.filename.replace("whole/", "tiny_bf16/")
            kept.writestr(zipfile.ZipInfo(name), whole.read(entry))
os.remove("whole.pt")
